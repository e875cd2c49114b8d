/** Owns how watercolour's parameters become the numbers of its arithmetic, for both twins alike. */
import { type DomainPlan, planDomain } from '../../kernels/domain.ts';
import type { PictureShape } from '../define.ts';

export type WatercolorParams = Readonly<{ radius: number; detail: number; strength: number }>;

/** px: the longest side for which `radius` is in pixels. */
const REFERENCE_SIDE = 3840;
/** px of the longest side to a pixel of outline: a line of one pixel is not seen in a large picture. */
const OUTLINE_SIDE = 1920;
/** What counts as an edge at the middle of `detail`, in parts of white: OpenCV's stylization has it so. */
const SIGMA_R = 0.45;
/** `detail` by which sigmaR halves. */
const DETAIL_OCTAVE = 25;

export function planOf({ radius, detail }: WatercolorParams, { width, height, channels }: PictureShape): DomainPlan {
  const sigmaS = (radius * Math.max(width, height)) / REFERENCE_SIDE;
  const sigmaR = SIGMA_R * 2 ** ((50 - detail) / DETAIL_OCTAVE);
  return planDomain(sigmaS, sigmaR, channels < 3 ? 1 : 3);
}

/** px between the two colours whose difference darkens. */
export function outlineOf({ width, height }: Pick<PictureShape, 'width' | 'height'>): number {
  return Math.max(1, Math.round(Math.max(width, height) / OUTLINE_SIDE));
}

/** Darkening for a difference of 1 of 65,535; single precision. */
export function darkeningOf({ strength }: WatercolorParams): number {
  return Math.fround(strength / 65_535);
}
