/** Owns what may be dropped on the window. Where a drop tells no path (a browser), it says so and offers the list instead. */
import { FolderDown } from 'lucide-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { useWords } from '../i18n.ts';
import { grantDropped, openPaths, tried } from '../session.ts';

interface DropTargetProps {
  readonly children: ReactNode;
  /** Something was dropped whose place is not told. */
  onPathless(): void;
}

export function DropTarget({ children, onPathless }: DropTargetProps): ReactNode {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const drop = async (files: File[]) => {
    const grant = grantDropped();
    if (grant === null) return onPathless();
    const paths = await tried(() => grant(files));
    if (paths !== null && paths.length > 0) await openPaths(paths);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button beside it that does the same
    <div
      className="drop-target"
      onDragEnter={(event) => holdsFiles(event) && setOver(true)}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDragLeave={(event) => {
        // Crossing from child to child leaves nothing.
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void drop([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over ? (
        <div className="drop-sign" aria-hidden="true">
          <FolderDown size={40} strokeWidth={1.25} />
          <p>{t('drop.here')}</p>
        </div>
      ) : null}
    </div>
  );
}
