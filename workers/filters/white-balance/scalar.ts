/**
 * White balance in plain TypeScript: the truth its fast twin is held to.
 *
 * Grey world: what the picture has of red, green and blue in all is made equal, by lowering the two stronger ones;
 * strongly coloured pixels don't count. Source: OpenCV 4.6, xphoto, grayworld_white_balance.cpp with its threshold of 0.9:
 * equal to it in every sample (test/conformance/golden-tone.test.ts).
 *
 * Temperature and tint: gains of the light itself (samples made linear with sRGB's curve), a stop apart at the end of the
 * range; a grey keeps its luminance.
 */
import { roundHalfToEven } from '../../kernels/half-even.ts';
import { type Curve, type Curves, lookupScalar, sampleOf, whiteOf } from '../../kernels/lut.ts';
import type { Channels, Depth } from '../../raster.ts';
import { type CountJob, type Known, samplesOf, type TileJob } from '../define.ts';

export type WhiteBalanceParams = Readonly<{
  method: 'grey-world' | 'temperature';
  temperature: number;
  tint: number;
}>;

/** Sums of red, green and blue of all pixels that are not strongly coloured. */
export function countScalar(job: CountJob, count: Float64Array): void {
  const { channels } = job.in;
  if (channels < 3) return;
  const input = samplesOf(job, job.in);
  const white = whiteOf(job.depth);
  const threshold = colouredOver(job.depth);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const [red = 0, green = 0, blue = 0] = input.data.subarray(from, from + 3);
      const most = Math.max(red, green, blue);
      if ((most - Math.min(red, green, blue)) * white > threshold * most) continue;
      count[0] = (count[0] as number) + red;
      count[1] = (count[1] as number) + green;
      count[2] = (count[2] as number) + blue;
    }
  }
}

/** (max - min) / max over 0.9, in the samples' own scale. */
export function colouredOver(depth: Depth): number {
  return roundHalfToEven(Math.fround(Math.fround(0.9) * whiteOf(depth)));
}

/** None is over 1, so nothing is clipped; all are 1 where every pixel is strongly coloured. */
export function gainsOf(sums: Float64Array, pixels: number): Float64Array {
  const inverses = sums.map((sum) => (sum === 0 ? 0 : pixels / sum));
  const most = Math.max(...inverses);
  return inverses.map((inverse) => (most === 0 ? 1 : Math.fround(Math.fround(inverse) / most)));
}

export function scalar(job: TileJob, params: WhiteBalanceParams, known: Known): void {
  lookupScalar(job, curvesOf(params, job.depth, job.in.channels, known));
}

/** Grey pictures have no cast to take away. */
export function curvesOf(params: WhiteBalanceParams, depth: Depth, channels: Channels, known: Known): Curves {
  if (channels < 3) return [(sample) => sample];
  const [red, green, blue] =
    params.method === 'grey-world' ? greyWorld(known.gains as Float64Array, depth) : lit(params, depth);
  return [red as Curve, green as Curve, blue as Curve];
}

/** Gains in binary fractions of 8 or 16 bits, cut off below, as xphoto's applyChannelGains multiplies. */
function greyWorld(gains: Float64Array, depth: Depth): Curve[] {
  const one = 2 ** depth;
  return [...gains].map((gain) => {
    const factor = roundHalfToEven(gain * one);
    return (sample) => Math.floor((sample * factor) / one);
  });
}

function lit({ temperature, tint }: WhiteBalanceParams, depth: Depth): Curve[] {
  const white = whiteOf(depth);
  const gains = [temperature / 200, -tint / 200, -temperature / 200].map((stops) => 2 ** stops);
  const [red = 1, green = 1, blue = 1] = gains;
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return gains.map((gain) => (sample) => sampleOf(encoded((linear(sample / white) * gain) / luminance), white));
}

/** sRGB's curve, IEC 61966-2-1. */
function linear(level: number): number {
  return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
}

function encoded(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
