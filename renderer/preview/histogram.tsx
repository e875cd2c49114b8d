/** Owns the drawing of the histogram, of what the photo will become. */
import type { ReactNode } from 'react';
import { formatFixed } from '../format.ts';
import { sparkline } from '../gauges/sparkline.ts';
import { useWords } from '../i18n.ts';
import { type Tones, useTones } from './tones.ts';
import { useView } from './view.ts';

/** Units of the drawing; it is stretched to its place. */
const WIDTH = 256;
const HEIGHT = 64;
const CHANNELS = ['red', 'green', 'blue'] as const;

export function Histogram(): ReactNode {
  const { t, language } = useWords();
  const tones = useTones((state) => state.tones);
  const original = useView((view) => view.arrangement === 'original');
  const percent = (fraction: number) => formatFixed(language, fraction * 100, 1);
  const clipped =
    tones === null
      ? ''
      : t('histogram.clipped', { shadows: percent(tones.shadows), highlights: percent(tones.highlights) });
  return (
    <section className="histogram" aria-label={t('histogram.title')}>
      <header className="pane-head">
        <h2 className="pane-title">{t('histogram.title')}</h2>
        <span className="histogram-side">{t(original ? 'preview.before' : 'preview.after')}</span>
      </header>
      <svg
        className="histogram-drawing"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={clipped}
      >
        {tones === null
          ? null
          : CHANNELS.map((channel, at) => (
              <path key={channel} className={`tone tone-${channel}`} d={pathOf(tones, at)} />
            ))}
      </svg>
      <p className="histogram-clipped">{clipped}</p>
    </section>
  );
}

/** One spike (a white sky) must not press all else flat: the second highest bin is the top. */
function pathOf(tones: Tones, channel: number): string {
  const highest = tones.channels.flatMap((bins) => [...bins].sort((a, b) => b - a).slice(1, 2));
  return sparkline(tones.channels[channel] ?? [], Math.max(1, ...highest), WIDTH, HEIGHT).area;
}
