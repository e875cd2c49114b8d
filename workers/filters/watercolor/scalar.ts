/**
 * Watercolour in plain TypeScript: the truth its SIMD twin is held to.
 * Washes by the domain transform (kernels/domain.ts), darkened where their colour changes: times
 * 1 - strength * (|gradient of red| + |of green| + |of blue|), as OpenCV's stylization does it. Not held to that: it reads
 * memory that it never wrote, and takes blue's gradient for red's.
 */
import { domainField, smoothScalar } from '../../kernels/domain.ts';
import { samplesOf, type TileJob } from '../define.ts';
import { darkeningOf, outlineOf, planOf, type WatercolorParams } from './params.ts';

/** 1.5 * 2^23: an f32 below 2^22 plus this is rounded to an integer, ties to even, as the SIMD twin rounds. */
const ROUND_F32 = 12_582_912;
const { fround } = Math;

export function scalar(job: TileJob, params: WatercolorParams): void {
  const { width, height, depth, picture } = job;
  const { channels } = job.in;
  const plan = planOf(params, { ...picture, channels, depth });
  const field = domainField(job, plan);
  smoothScalar(field, plan);
  const { part, values, colours } = field;
  const output = samplesOf(job, job.out);
  const input = samplesOf(job, job.in);
  const outline = outlineOf(picture);
  const darkening = darkeningOf(params);
  const scale = fround(depth === 8 ? 1 / 257 : 1);

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = placeOf(x, y);
      const right = placeOf(x + outline, y);
      const below = placeOf(x, y + outline);
      const steepness = Array.from({ length: colours }, (_, c) => {
        const value = valueAt(here, c);
        const dx = valueAt(right, c) - value;
        const dy = valueAt(below, c) - value;
        return fround(Math.sqrt(fround(fround(dx * dx) + fround(dy * dy))));
      });
      const [red = 0, green = red, blue = red] = steepness;
      const sum = fround(fround(red + green) + blue);
      const light = Math.max(0, fround(1 - fround(sum * darkening)));
      const to = output.start + y * output.stride + x * channels;
      for (let c = 0; c < colours; c++) {
        const level = fround(fround(valueAt(here, c) * light) * scale);
        output.data[to + c] = fround(level + ROUND_F32) - ROUND_F32;
      }
      if (channels !== colours) {
        output.data[to + colours] = input.data[input.start + y * input.stride + x * channels + colours] as number;
      }
    }
  }

  /** The pixel of the field, or the last one that the picture has. */
  function placeOf(x: number, y: number): number {
    const u = Math.min(x - part.left, part.width - 1);
    const v = Math.min(y - part.top, part.height - 1);
    return v * part.width + u;
  }

  function valueAt(place: number, c: number): number {
    return values[place * colours + c] as number;
  }
}
