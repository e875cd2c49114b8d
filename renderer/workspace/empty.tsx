/** Owns the window before there is a source: one place to drop, one button, three words on what happens. */
import { FolderOpen, ImageDown, Images, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { EmptyArt } from './empty-art.tsx';

export function Empty({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  const { t } = useWords();
  const connection = useStore((state) => state.connection);
  const canDrop = useStore((state) => state.hello?.host === 'electron');
  if (connection !== 'open') return <section className="empty" aria-busy="true" />;
  return (
    <section className="empty" aria-label={t('empty.title')}>
      <div className="empty-drop">
        <EmptyArt />
        <h2>{t(canDrop ? 'empty.title' : 'empty.titleNoDrop')}</h2>
        <Button tone="primary" className="button-large" onClick={onOpen}>
          <FolderOpen size={16} aria-hidden="true" />
          {t('top.open')}
        </Button>
        <p className="empty-note">{t('empty.safe')}</p>
      </div>
      <ol className="empty-steps">
        <li>
          <Images size={16} aria-hidden="true" />
          {t('empty.choose')}
        </li>
        <li>
          <SlidersHorizontal size={16} aria-hidden="true" />
          {t('empty.filter')}
        </li>
        <li>
          <ImageDown size={16} aria-hidden="true" />
          {t('empty.process')}
        </li>
      </ol>
    </section>
  );
}
