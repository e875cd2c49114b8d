/** Owns the calm line at the end: how many, how long, what failed, where the results are. */
import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatBytes, formatClock, formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { reveal } from '../session.ts';
import { dispatch, useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import type { Batch } from './batch.ts';

export function Finished({ batch }: { readonly batch: Extract<Batch, { kind: 'finished' }> }): ReactNode {
  const { t, language } = useWords();
  const canReveal = useStore((state) => state.hello?.capabilities.reveal ?? false);
  const { summary, fault } = batch;
  const number = (value: number) => formatNumber(language, value);
  return (
    <section className="finished" role="status" aria-label={t('progress.summary')}>
      <header className="progress-head">
        <h2>{t(headline(batch))}</h2>
        <span className="finished-acts">
          {summary !== null && summary.failed > 0 ? (
            <Button onClick={() => dispatch({ kind: 'filter', filter: 'failed' })}>
              {t('progress.showFailed', { count: summary.failed, number: number(summary.failed) })}
            </Button>
          ) : null}
          {canReveal ? (
            <Button onClick={() => reveal(batch.folder)}>
              <FolderOpen size={14} aria-hidden="true" />
              {t('progress.openFolder')}
            </Button>
          ) : null}
        </span>
      </header>
      {fault === null ? null : <FaultText fault={fault} />}
      {summary === null ? null : (
        <p className="figures">
          <span className="figure-done">{t('progress.done', { number: number(summary.done) })}</span>
          {summary.failed === 0 ? null : (
            <span className="figure-failed">{t('progress.failed', { number: number(summary.failed) })}</span>
          )}
          {summary.skipped === 0 ? null : <span>{t('progress.skipped', { number: number(summary.skipped) })}</span>}
          {summary.cancelled === 0 ? null : (
            <span>{t('progress.cancelledCount', { number: number(summary.cancelled) })}</span>
          )}
          <span>{t('progress.took', { time: formatClock(summary.wallMs / 1000) })}</span>
          <span>{t('progress.peak', { size: formatBytes(language, summary.peakMemoryBytes) })}</span>
        </p>
      )}
      {fault === null ? (
        <p className="progress-note progress-quiet selectable">{t('progress.into', { folder: batch.folder })}</p>
      ) : null}
    </section>
  );
}

function headline({ summary, fault }: Extract<Batch, { kind: 'finished' }>) {
  if (fault !== null) return 'progress.stopped';
  if (summary === null) return 'progress.finished';
  if (summary.cancelled > 0) return 'progress.cancelled';
  return summary.failed > 0 ? 'progress.finishedWithFailures' : 'progress.finished';
}
