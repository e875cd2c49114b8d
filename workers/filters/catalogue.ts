/** Owns the list of filters there are. The one place that names them all. */
import { Fault } from '../../preload/faults.ts';
import type { FilterDefinition } from './define.ts';
import { arithmetic } from './arithmetic/filter.ts';
import { brightnessContrast } from './brightness-contrast/filter.ts';
import { curves } from './curves/filter.ts';
import { gamma } from './gamma/filter.ts';
import { gaussianBlur } from './gaussian-blur/filter.ts';
import { grayscale } from './grayscale/filter.ts';
import { invert } from './invert/filter.ts';
import { levels } from './levels/filter.ts';
import { unsharpMask } from './unsharp-mask/filter.ts';

export const FILTERS: readonly FilterDefinition[] = [
  arithmetic,
  brightnessContrast,
  curves,
  gamma,
  grayscale,
  invert,
  levels,
  gaussianBlur,
  unsharpMask,
];

/** Throws Fault E_NO_FILTER. */
export function filterById(id: string): FilterDefinition {
  const found = FILTERS.find((filter) => filter.id === id);
  if (found === undefined) throw new Fault('E_NO_FILTER', { filter: id });
  return found;
}
