/**
 * Owns morphology's plain truth: the least or the greatest of what lies both under the element and in the picture.
 * Filters of one step and of two share it. Knows no filter.
 *
 * Source: OpenCV 4.6, erode, dilate and morphologyEx with their default border, which never wins; equal in every pixel
 * (test/conformance/golden-morphology.test.ts).
 */
import { samplesOf, type TileJob } from '../filters/define.ts';
import { type ElementParams, elementReach, type Span, spansOf } from './element.ts';

/** A part of the picture; (left, top) is where it stands in it. */
export interface Plane {
  readonly data: Uint16Array;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** What the job may read of the picture itself: no pixel beyond its edges. */
export function planeOf(job: TileJob): Plane {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const plane = emptyPlane(job, job.halo);
  for (let y = 0; y < plane.height; y++) {
    const from = input.start + (plane.top - job.top + y) * input.stride + (plane.left - job.left) * channels;
    const row = plane.width * channels;
    plane.data.set(input.data.subarray(from, from + row), y * row);
  }
  return plane;
}

/** The step's result on the job's tile and `margin` px around it, as far as the picture goes. */
function step(
  from: Plane,
  job: TileJob,
  margin: number,
  params: ElementParams,
  better: (a: number, b: number) => number,
): Plane {
  const result = emptyPlane(job, margin);
  const { channels } = from;
  const colours = channels === 2 || channels === 4 ? channels - 1 : channels;
  let index = 0;
  for (let y = result.top; y < result.top + result.height; y++) {
    for (let x = result.left; x < result.left + result.width; x++) {
      const under = pixelsUnder(spansOf(params), params, x, y, job.picture).map(
        (pixel) => ((pixel.y - from.top) * from.width + pixel.x - from.left) * channels,
      );
      const here = ((y - from.top) * from.width + x - from.left) * channels;
      for (let c = 0; c < channels; c++) {
        const best = under.reduce(
          (best, at) => better(best, from.data[at + c] as number),
          from.data[here + c] as number,
        );
        result.data[index++] = c < colours ? best : (from.data[here + c] as number);
      }
    }
  }
  return result;
}

/** Where the element lies on the picture when its anchor is at (x, y). */
function pixelsUnder(
  spans: readonly Span[],
  { width, height }: ElementParams,
  x: number,
  y: number,
  picture: TileJob['picture'],
): { readonly x: number; readonly y: number }[] {
  return spans.flatMap(({ first, last }, row) => {
    const line = y + row - (height >> 1);
    if (line < 0 || line >= picture.height) return [];
    const start = Math.max(0, x - (width >> 1) + first);
    const end = Math.min(picture.width - 1, x - (width >> 1) + last);
    return Array.from({ length: Math.max(0, end - start + 1) }, (_, i) => ({ x: start + i, y: line }));
  });
}

export function erodeStep(from: Plane, job: TileJob, margin: number, params: ElementParams): Plane {
  return step(from, job, margin, params, Math.min);
}

export function dilateStep(from: Plane, job: TileJob, margin: number, params: ElementParams): Plane {
  return step(from, job, margin, params, Math.max);
}

/** Two steps, the second on what the first made of the picture. */
export function twoSteps(
  job: TileJob,
  params: ElementParams,
  first: typeof erodeStep,
  second: typeof erodeStep,
): Plane {
  return second(first(planeOf(job), job, elementReach(params), params), job, 0, params);
}

/** Writes `finish(original, result)` into the job's output; alpha is handed through. */
export function putPlane(result: Plane, job: TileJob, finish: (original: number, result: number) => number): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const row = job.width * channels;
  for (let y = 0; y < job.height; y++) {
    for (let i = 0; i < row; i++) {
      const original = input.data[input.start + y * input.stride + i] as number;
      const isAlpha = (channels === 2 || channels === 4) && i % channels === channels - 1;
      output.data[output.start + y * output.stride + i] = isAlpha
        ? original
        : finish(original, result.data[y * row + i] as number);
    }
  }
}

function emptyPlane(job: TileJob, margin: number): Plane {
  const left = Math.max(0, job.left - margin);
  const top = Math.max(0, job.top - margin);
  const width = Math.min(job.picture.width, job.left + job.width + margin) - left;
  const height = Math.min(job.picture.height, job.top + job.height + margin) - top;
  const { channels } = job.in;
  return { data: new Uint16Array(width * height * channels), left, top, width, height, channels };
}
