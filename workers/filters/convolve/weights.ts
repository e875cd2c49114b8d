/** Owns what a convolution's weights come to: the taps that are not 0, and what their sum is divided by. Pure. */
import { parseWeights } from '../../../preload/weights.ts';
import type { ParamValues } from '../define.ts';

export interface ConvolveParams extends ParamValues {
  readonly kernel: string;
  /** 0: the sum of the weights. */
  readonly divisor: number;
  /** Levels of 255. */
  readonly offset: number;
}

/** A weight that is not 0, and the pixel it is for, counted from the one in work. */
export interface Tap {
  readonly dx: number;
  readonly dy: number;
  /** Single precision. */
  readonly weight: number;
}

export interface Weights {
  /** px */
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly taps: readonly Tap[];
  /** What the sum is divided by; single precision, never 0. */
  readonly divisor: number;
}

/** The middle is at (width >> 1, height >> 1), as OpenCV has it. Throws Fault E_PARAM. */
export function weightsOf({ kernel, divisor }: ConvolveParams): Weights {
  const rows = parseWeights(kernel, 'convolve', 'kernel');
  const width = rows[0]?.length ?? 0;
  const height = rows.length;
  const taps = rows.flatMap((row, y) =>
    row.map((weight, x) => ({ dx: x - (width >> 1), dy: y - (height >> 1), weight: Math.fround(weight) })),
  );
  return { width, height, taps: taps.filter(({ weight }) => weight !== 0), divisor: divisorOf(rows.flat(), divisor) };
}

/** Weights that cancel out (but for what a sum of fractions leaves) have no sum to divide by. */
function divisorOf(values: readonly number[], divisor: number): number {
  if (divisor !== 0) return Math.fround(divisor);
  const sum = values.reduce((total, value) => total + value, 0);
  const size = values.reduce((total, value) => total + Math.abs(value), 0);
  return Math.abs(sum) <= 1e-9 * size ? 1 : Math.fround(sum);
}
