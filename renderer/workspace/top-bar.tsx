/** Owns the upper edge: what is open, where it goes, and the one button that does it. */
import { FolderOpen, Settings } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { baseName, formatBytes, formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { isBusy } from '../progress/batch.ts';
import { cancelBatch, startBatch } from '../session.ts';
import { useStore } from '../store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Hint } from '../ui/hint.tsx';
import type { Acts } from './shortcuts.ts';

export function TopBar({ acts }: { readonly acts: Acts }): ReactNode {
  const { t, language } = useWords();
  const source = useStore((state) => state.source);
  const counts = useStore((state) => state.counts);
  const folder = useStore((state) => state.output.folder);
  const ready = useStore((state) => state.connection === 'open');
  return (
    <header className="top-bar">
      <h1 className="brand">{t('app.name')}</h1>
      {source === null ? null : (
        <>
          <Hint text={t('top.open')} keys="Ctrl+O">
            <Button onClick={acts.openSource} disabled={!ready}>
              <FolderOpen size={14} aria-hidden="true" />
              {t('top.open')}
            </Button>
          </Hint>
          <p className="top-source" title={source.root}>
            <span className="top-name">{source.name}</span>
            <span className="top-counts">
              {t('progress.photos', { count: counts.readable, number: formatNumber(language, counts.readable) })}
              {' · '}
              {formatBytes(language, counts.bytes)}
            </span>
          </p>
        </>
      )}
      <span className="top-space" />
      <IconButton name={t('settings.title')} keys="Ctrl+," onClick={acts.openSettings} disabled={!ready}>
        <Settings size={16} />
      </IconButton>
      {source === null ? null : (
        <>
          <Hint text={folder ?? t('output.noFolder')}>
            <button
              type="button"
              className="output-chip"
              aria-label={t('top.output', { folder: folder ?? t('output.noFolder') })}
              onClick={acts.pickOutput}
            >
              <span aria-hidden="true">→</span>
              <span className="chip-name">{folder === null ? t('output.noFolder') : baseName(folder)}</span>
            </button>
          </Hint>
          <ProcessButton />
        </>
      )}
    </header>
  );
}

/** A second click of a double click must not cancel what the first one began. */
const GUARD_MS = 500;

function ProcessButton(): ReactNode {
  const { t, language } = useWords();
  const startedAtMs = useRef(0);
  const batch = useStore((state) => state.batch);
  const count = useStore((state) => state.counts.readable);
  const listing = useStore((state) => state.source?.listing ?? true);
  const hasFolder = useStore((state) => state.output.folder !== null);
  if (isBusy(batch))
    return (
      <Hint text={t('top.cancelHint')} keys="Esc">
        <Button
          className="button-run"
          disabled={batch.kind === 'running' && batch.cancelling}
          onClick={() => {
            if (performance.now() - startedAtMs.current > GUARD_MS) void cancelBatch();
          }}
        >
          {t(batch.kind === 'running' && batch.cancelling ? 'top.cancelling' : 'top.cancel')}
        </Button>
      </Hint>
    );
  return (
    <Hint text={t('top.processHint')} keys="Ctrl+Enter">
      <Button
        tone="primary"
        className="button-run"
        disabled={count === 0 || listing || !hasFolder}
        onClick={() => {
          startedAtMs.current = performance.now();
          void startBatch();
        }}
      >
        {t('top.process', { number: formatNumber(language, count) })}
      </Button>
    </Hint>
  );
}
