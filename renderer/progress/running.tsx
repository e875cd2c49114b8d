/** Owns the whole's progress while it runs: weighted by pixels, n of m, speed, time left as a range. */
import type { ReactNode } from 'react';
import { formatNumber, formatPercent, formatRange } from '../format.ts';
import { useWords } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import type { Batch } from './batch.ts';

export function Running({ batch }: { readonly batch: Extract<Batch, { kind: 'running' }> | null }): ReactNode {
  const { t, language } = useWords();
  const counts = useStore((state) => state.counts);
  const working = useStore((state) => state.working.size);
  const progress = batch?.progress ?? null;
  const number = (value: number) => formatNumber(language, value);
  const fraction = progress?.fraction ?? 0;
  const ofAll =
    progress === null ? '' : t('progress.ofAll', { done: number(progress.done), total: number(progress.total) });
  return (
    <>
      <header className="progress-head">
        <h2>
          {t(batch === null ? 'progress.preparing' : batch.cancelling ? 'progress.cancelling' : 'progress.running')}
        </h2>
        {progress === null ? null : (
          <span className="progress-figure">
            {ofAll} · {formatPercent(language, fraction)}
          </span>
        )}
      </header>
      <div
        className="bar"
        role="progressbar"
        aria-label={t('progress.whole')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={progress === null ? undefined : Math.floor(fraction * 100)}
        aria-valuetext={ofAll}
        data-unknown={progress === null}
      >
        <div className="bar-fill" style={{ transform: `scaleX(${fraction})` }} />
      </div>
      <p className="figures">
        {progress === null ? null : (
          <>
            {progress.megapixelsPerSecond > 0 ? (
              <span>{t('progress.speed', { speed: number(progress.megapixelsPerSecond) })}</span>
            ) : null}
            <span>
              {progress.secondsLeft === null
                ? t('progress.measuring')
                : t('progress.left', { range: formatRange(progress.secondsLeft.low, progress.secondsLeft.high) })}
            </span>
          </>
        )}
        <span className="figure-done">{t('progress.done', { number: number(counts.done) })}</span>
        {counts.failed === 0 ? null : (
          <button
            type="button"
            className="figure-button figure-failed"
            onClick={() => dispatch({ kind: 'filter', filter: 'failed' })}
          >
            {t('progress.failed', { number: number(counts.failed) })}
          </button>
        )}
        {counts.skipped === 0 ? null : <span>{t('progress.skipped', { number: number(counts.skipped) })}</span>}
        {working === 0 ? null : <span>{t('progress.working', { number: number(working) })}</span>}
      </p>
    </>
  );
}
