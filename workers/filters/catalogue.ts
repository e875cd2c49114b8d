/** Owns the list of filters there are, and of geometry. The one place that names them all. */
import type { FilterInfo } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import { arithmetic } from './arithmetic/filter.ts';
import { autoLevels } from './auto-levels/filter.ts';
import { bilateral } from './bilateral/filter.ts';
import { blackHat } from './black-hat/filter.ts';
import { boxBlur } from './box-blur/filter.ts';
import { brightnessContrast } from './brightness-contrast/filter.ts';
import { canny } from './canny/filter.ts';
import { clahe } from './clahe/filter.ts';
import { close } from './close/filter.ts';
import { colorKey } from './color-key/filter.ts';
import { colorPencil } from './color-pencil/filter.ts';
import { convolve } from './convolve/filter.ts';
import { crop } from './crop/filter.ts';
import { curves } from './curves/filter.ts';
import { type Definition, type FilterDefinition, type GeometryDefinition, infoOf } from './define.ts';
import { dehaze } from './dehaze/filter.ts';
import { denoise } from './denoise/filter.ts';
import { dilate } from './dilate/filter.ts';
import { equalize } from './equalize/filter.ts';
import { erode } from './erode/filter.ts';
import { expression } from './expression/filter.ts';
import { flip } from './flip/filter.ts';
import { gamma } from './gamma/filter.ts';
import { gaussianBlur } from './gaussian-blur/filter.ts';
import { gradient } from './gradient/filter.ts';
import { grayscale } from './grayscale/filter.ts';
import { guided } from './guided/filter.ts';
import { invert } from './invert/filter.ts';
import { laplacian } from './laplacian/filter.ts';
import { levels } from './levels/filter.ts';
import { median } from './median/filter.ts';
import { oilPainting } from './oil-painting/filter.ts';
import { open } from './open/filter.ts';
import { pencilSketch } from './pencil-sketch/filter.ts';
import { rank } from './rank/filter.ts';
import { resize } from './resize/filter.ts';
import { rotate } from './rotate/filter.ts';
import { saturation } from './saturation/filter.ts';
import { scharr } from './scharr/filter.ts';
import { sobel } from './sobel/filter.ts';
import { threshold } from './threshold/filter.ts';
import { topHat } from './top-hat/filter.ts';
import { unsharpMask } from './unsharp-mask/filter.ts';
import { watercolor } from './watercolor/filter.ts';
import { whiteBalance } from './white-balance/filter.ts';

export const FILTERS: readonly FilterDefinition[] = [
  arithmetic,
  autoLevels,
  brightnessContrast,
  clahe,
  colorKey,
  curves,
  equalize,
  gamma,
  grayscale,
  invert,
  levels,
  saturation,
  threshold,
  whiteBalance,
  gaussianBlur,
  bilateral,
  boxBlur,
  guided,
  median,
  denoise,
  rank,
  unsharpMask,
  blackHat,
  close,
  dilate,
  erode,
  gradient,
  open,
  topHat,
  colorPencil,
  oilPainting,
  pencilSketch,
  watercolor,
  dehaze,
  expression,
  canny,
  sobel,
  scharr,
  laplacian,
  convolve,
];

/** What is no matter of tiles: see define.ts. */
const GEOMETRY: readonly GeometryDefinition[] = [resize, rotate, flip, crop];

/** All that a chain may name, as it is told to whoever asks. */
export const INFOS: readonly FilterInfo[] = [...FILTERS, ...GEOMETRY].map(infoOf);

/** Throws Fault E_NO_FILTER. */
export function definitionById(id: string): Definition {
  const geometry = GEOMETRY.find((step) => step.id === id);
  return geometry === undefined ? { kind: 'filter', filter: filterById(id) } : { kind: 'geometry', geometry };
}

/** Throws Fault E_NO_FILTER. */
export function filterById(id: string): FilterDefinition {
  const found = FILTERS.find((filter) => filter.id === id);
  if (found === undefined) throw new Fault('E_NO_FILTER', { filter: id });
  return found;
}
