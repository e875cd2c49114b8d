/** Owns the gauge of memory: what the engine uses now, against its budget, and the last minutes as a line. */
import type { ReactNode } from 'react';
import { formatBytes } from '../format.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';
import { sparkline } from './sparkline.ts';
import './gauges.css';

/** Units of the drawing; it is stretched to its place. */
const WIDTH = 240;
const HEIGHT = 40;
/** The budget's line stands below the top, so that going over it is seen. */
const HEADROOM = 1.15;

export function MemoryGauge(): ReactNode {
  const { t, language } = useWords();
  const gauge = useStore((state) => state.gauge);
  const history = useStore((state) => state.memoryHistory);
  if (gauge === null) return <section className="memory" aria-label={t('gauges.memory')} />;
  const top = Math.max(gauge.budgetBytes * HEADROOM, ...history);
  const line = sparkline(history, top, WIDTH, HEIGHT);
  const budgetY = HEIGHT - (gauge.budgetBytes / top) * HEIGHT;
  const used = formatBytes(language, gauge.engineBytes);
  const budget = formatBytes(language, gauge.budgetBytes);
  return (
    <section className="memory" aria-label={t('gauges.memory')}>
      <header className="gauge-head">
        <h2>{t('gauges.memory')}</h2>
        <span>{t('gauges.ofBudget', { used, budget })}</span>
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> cannot hold the drawing */}
      <div
        role="meter"
        aria-label={t('gauges.memory')}
        aria-valuemin={0}
        aria-valuemax={gauge.budgetBytes}
        aria-valuenow={Math.min(gauge.engineBytes, gauge.budgetBytes)}
        aria-valuetext={t('gauges.ofBudget', { used, budget })}
      >
        <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path className="spark-area" d={line.area} />
          <path className="spark-line" d={line.line} />
          <line className="spark-budget" x1={0} x2={WIDTH} y1={budgetY} y2={budgetY} />
        </svg>
      </div>
      <p className="gauge-foot">
        {t('gauges.machine', {
          free: formatBytes(language, gauge.machineFreeBytes),
          total: formatBytes(language, gauge.machineTotalBytes),
        })}
      </p>
    </section>
  );
}
