/**
 * Equalize in plain TypeScript: the truth its fast twin is held to.
 * Source: OpenCV 4.6, modules/imgproc/src/histogram.cpp, equalizeHist: equal to it in every pixel of 8-bit grey. 16 bits use
 * the same formula with 65,536 levels. Colours move with their luma, as equalizing Y of YCrCb would move them.
 */
import { roundHalfToEven } from '../../kernels/half-even.ts';
import { moveByLumaScalar } from '../../kernels/luma-lut.ts';
import type { Known, TileJob } from '../define.ts';

const { fround } = Math;

/** What to add to each level, of how often each occurs. */
export function movesOf(count: Float64Array): Int32Array {
  const moves = new Int32Array(count.length);
  const total = count.reduce((sum, n) => sum + n, 0);
  const darkest = count.findIndex((n) => n > 0);
  const atDarkest = count[darkest] ?? 0;
  if (atDarkest === total) return moves;
  const scale = fround(fround(count.length - 1) / fround(total - atDarkest));
  let sum = 0;
  for (let level = 0; level < count.length; level++) {
    if (level > darkest) sum += count[level] as number;
    moves[level] = roundHalfToEven(fround(fround(sum) * scale)) - level;
  }
  return moves;
}

export function scalar(job: TileJob, _params: Readonly<Record<string, never>>, { moves }: Known): void {
  moveByLumaScalar(job, (level) => (moves as Int32Array)[level] as number);
}
