/** Owns the sentence before the click: what Process will do. */
import type { ReactNode } from 'react';
import { formatBytes, formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';

export function Ready(): ReactNode {
  const { t, language } = useWords();
  const counts = useStore((state) => state.counts);
  const listing = useStore((state) => state.source?.listing ?? false);
  const output = useStore((state) => state.output);
  const steps = useStore((state) => state.chain.filter((item) => item.step.enabled).length);
  const recipes = useStore((state) => state.ticked.length);
  const photos = t('progress.photos', { count: counts.readable, number: formatNumber(language, counts.readable) });
  if (listing)
    return (
      <>
        <h2>{t('progress.listing')}</h2>
        <p className="progress-note">{photos}</p>
      </>
    );
  if (counts.readable === 0)
    return (
      <>
        <h2>{t('progress.nothing')}</h2>
        <p className="progress-note">{t('progress.nothingNote')}</p>
      </>
    );
  const format =
    output.format === 'keep'
      ? t('progress.keepsFormat')
      : t('progress.savesAs', { format: t(`output.formats.${output.format}`) });
  const filters = steps === 0 ? t('progress.noFilters') : t('progress.filters', { count: steps });
  const made = recipes === 0 ? filters : t('progress.recipes', { count: recipes });
  return (
    <>
      <h2>{t('progress.ready')}</h2>
      <p className="progress-note">
        {[photos, formatBytes(language, counts.bytes), made, ...(recipes === 0 ? [format] : [])].join(' · ')}
      </p>
      <p className="progress-note progress-quiet">{t('progress.safe')}</p>
    </>
  );
}
