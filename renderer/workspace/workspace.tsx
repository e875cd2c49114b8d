/** Owns the window as a whole: which parts stand where, and which dialog is open. */
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { ChainPanel } from '../chain/chain-panel.tsx';
import { FilesPane } from '../files/files-pane.tsx';
import { Filmstrip } from '../files/filmstrip.tsx';
import { useWords } from '../i18n.ts';
import { OutputPanel } from '../output/output-panel.tsx';
import { Histogram } from '../preview/histogram.tsx';
import { PreviewPane } from '../preview/preview-pane.tsx';
import { useView } from '../preview/view.ts';
import { ProgressPanel } from '../progress/progress-panel.tsx';
import { RecipesPanel } from '../recipes/recipes-panel.tsx';
import { askOutput, askSource, chooseOutput, openPaths } from '../session.ts';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { useStore } from '../store.ts';
import { Hints } from '../ui/hint.tsx';
import { ConfirmCancel } from './confirm-cancel.tsx';
import { ConnectionLost } from './connection-lost.tsx';
import { DropTarget } from './drop-target.tsx';
import { Empty } from './empty.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { useShortcuts } from './shortcuts.ts';
import { useTitle } from './title.ts';
import { TopBar } from './top-bar.tsx';
import './workspace.css';

type Open = 'source' | 'source-dropped' | 'output' | 'settings' | 'cancel' | null;

export function Workspace(): ReactNode {
  const { t } = useWords();
  const connection = useStore((state) => state.connection);
  const dialogs = useStore((state) => state.hello?.capabilities.dialogs ?? false);
  const hasSource = useStore((state) => state.source !== null);
  const full = useView((view) => view.full);
  const [open, setOpen] = useState<Open>(null);
  const close = useCallback(() => setOpen(null), []);

  const acts = useMemo(
    () => ({
      async openSource() {
        if (!dialogs) return setOpen('source');
        const paths = await askSource();
        if (paths !== null) await openPaths(paths);
      },
      async pickOutput() {
        if (!dialogs) return setOpen('output');
        const folder = await askOutput();
        if (folder !== null) chooseOutput(folder);
      },
      openSettings: () => setOpen('settings'),
      askCancel: () => setOpen('cancel'),
    }),
    [dialogs],
  );
  const listing = useShortcuts(acts, open !== null || connection !== 'open');
  useTitle();

  return (
    <Hints>
      <DropTarget onPathless={() => setOpen('source-dropped')}>
        <main className="workspace" data-source={hasSource} data-full={full && hasSource}>
          <TopBar acts={acts} />
          <NoticeBar />
          {hasSource ? (
            <>
              <FilesPane />
              <div className="centre">
                <PreviewPane />
                <Filmstrip />
              </div>
              <aside className="right-pane" aria-label={t('workspace.chainAndOutput')}>
                <Histogram />
                <RecipesPanel />
                <ChainPanel />
                <OutputPanel onPick={acts.pickOutput} />
              </aside>
              <ProgressPanel />
            </>
          ) : (
            <Empty onOpen={acts.openSource} />
          )}
        </main>
      </DropTarget>
      {open === 'settings' ? <SettingsDialog onClose={close} /> : null}
      {open === 'source' || open === 'source-dropped' ? (
        <FolderDialog
          purpose="source"
          dropped={open === 'source-dropped'}
          onClose={close}
          onChoose={(path) => {
            close();
            void openPaths([path]);
          }}
        />
      ) : null}
      {open === 'output' ? (
        <FolderDialog
          purpose="output"
          dropped={false}
          onClose={close}
          onChoose={(path) => {
            close();
            chooseOutput(path);
          }}
        />
      ) : null}
      {open === 'cancel' ? <ConfirmCancel onClose={close} /> : null}
      {listing ? <ShortcutList /> : null}
      {connection === 'closed' ? <ConnectionLost /> : null}
    </Hints>
  );
}
