/** Owns the bottom of the window: what will be done, what is being done, what was done. */
import type { ReactNode } from 'react';
import { MemoryGauge } from '../gauges/memory-gauge.tsx';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';
import { Finished } from './finished.tsx';
import { Ready } from './ready.tsx';
import { Running } from './running.tsx';
import { WorkingList } from './working-list.tsx';
import './progress.css';

export function ProgressPanel(): ReactNode {
  const { t } = useWords();
  const batch = useStore((state) => state.batch);
  return (
    <section className="progress-panel" aria-label={t('progress.panel')}>
      <div className="progress-main">
        {batch.kind === 'idle' ? <Ready /> : null}
        {batch.kind === 'starting' ? <Running batch={null} /> : null}
        {batch.kind === 'running' ? <Running batch={batch} /> : null}
        {batch.kind === 'finished' ? <Finished batch={batch} /> : null}
      </div>
      <WorkingList />
      <MemoryGauge />
    </section>
  );
}
