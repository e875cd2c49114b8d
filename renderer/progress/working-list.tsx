/** Owns the names of the files in work now, one a worker. */
import type { ReactNode } from 'react';
import { baseName, formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';

/** As many as the panel's height holds; the figure beside the heading tells of the rest. */
const SHOWN = 3;

export function WorkingList(): ReactNode {
  const { t, language } = useWords();
  const working = useStore((state) => state.working);
  const files = useStore((state) => state.files);
  const workers = useStore((state) => state.gauge?.workers ?? null);
  // The host hands out one more than there are workers, so that none waits for it.
  const busy = Math.min(working.size, workers ?? working.size);
  const names = [...working].slice(0, Math.min(SHOWN, busy));
  return (
    <section className="working" aria-label={t('gauges.workers')}>
      <header className="gauge-head">
        <h2>{t('gauges.workers')}</h2>
        {workers === null ? null : (
          <span>{t('gauges.busy', { busy: formatNumber(language, busy), all: formatNumber(language, workers) })}</span>
        )}
      </header>
      {names.length === 0 ? (
        <p className="progress-note progress-quiet">{t('gauges.idle')}</p>
      ) : (
        <ul>
          {names.map((index) => (
            <li key={index} className="working-file">
              <span className="sign sign-working" aria-hidden="true" />
              <span>{baseName(files[index]?.relativePath ?? '')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
