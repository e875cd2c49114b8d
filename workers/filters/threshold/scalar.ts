/**
 * Threshold in plain TypeScript: the truth its fast twin is held to. x > level becomes white, the rest black: OpenCV 4.6's
 * THRESH_BINARY, and THRESH_OTSU for the level, equal to both at 8 and 16 bits (test/conformance/golden-tone.test.ts).
 * Source of Otsu's level: modules/imgproc/src/thresh.cpp, getThreshVal_Otsu; N. Otsu, "A Threshold Selection Method from
 * Gray-Level Histograms", IEEE Trans. SMC 9 (1979).
 */
import { lumaOf } from '../../kernels/luma.ts';
import { type Curve, type Curves, lookupScalar, whiteOf } from '../../kernels/lut.ts';
import type { Depth } from '../../raster.ts';
import { type Known, samplesOf, type TileJob } from '../define.ts';

/** `level` of 255, whatever the picture's depth. */
export type ThresholdParams = Readonly<{ level: number; method: 'fixed' | 'otsu'; of: 'luminance' | 'channels' }>;

/** The last sample that becomes black, one for all colours or one each. */
export function limitsOf({ method, level }: ThresholdParams, depth: Depth, known: Known): readonly number[] {
  return method === 'fixed' ? [depth === 8 ? level : level * 257] : [...(known.limits as Int32Array)];
}

const FLT_EPSILON = 2 ** -23;

/** The level that parts the two classes best, in OpenCV's order of operations: the same doubles, the same level. */
export function otsuLevel(count: Float64Array): number {
  const scale = 1 / count.reduce((sum, n) => sum + n, 0);
  const mean = count.reduce((sum, n, level) => sum + level * n, 0) * scale;
  let below = 0;
  let meanBelow = 0;
  let most = 0;
  let best = 0;
  count.forEach((n, level) => {
    const share = n * scale;
    meanBelow *= below;
    below += share;
    const above = 1 - below;
    if (Math.min(below, above) < FLT_EPSILON || Math.max(below, above) > 1 - FLT_EPSILON) return;
    meanBelow = (meanBelow + level * share) / below;
    const meanAbove = (mean - below * meanBelow) / above;
    const apart = below * above * (meanBelow - meanAbove) * (meanBelow - meanAbove);
    if (apart <= most) return;
    most = apart;
    best = level;
  });
  return best;
}

export function curvesOf(limits: readonly number[], depth: Depth): Curves {
  const white = whiteOf(depth);
  const curve =
    (limit: number): Curve =>
    (sample) =>
      sample > limit ? white : 0;
  const [red = 0, green, blue] = limits;
  return green === undefined || blue === undefined ? [curve(red)] : [curve(red), curve(green), curve(blue)];
}

export function scalar(job: TileJob, params: ThresholdParams, known: Known): void {
  const limits = limitsOf(params, job.depth, known);
  if (params.of === 'channels') lookupScalar(job, curvesOf(limits, job.depth));
  else ofLuminance(job, limits[0] ?? 0);
}

function ofLuminance(job: TileJob, limit: number): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * job.out.channels;
      const at = (c: number) => input.data[from + c] as number;
      const level = channels < 3 ? at(0) : lumaOf(at(0), at(1), at(2));
      output.data[to] = level > limit ? whiteOf(job.depth) : 0;
      if (job.out.channels === 2) output.data[to + 1] = at(channels - 1);
    }
  }
}
