/**
 * CLAHE in plain TypeScript: the truth its fast twin is held to. Equal to OpenCV 4.6 in every pixel of 8-bit grey
 * (test/conformance/golden-tone.test.ts); colours move with their luma. Sums of products in single precision, in this order.
 * Source: K. Zuiderveld, "Contrast Limited Adaptive Histogram Equalization", Graphics Gems IV (1994).
 */
import { roundHalfToEven } from '../../kernels/half-even.ts';
import { lumaOf } from '../../kernels/luma.ts';
import { moveByLumaScalar } from '../../kernels/luma-lut.ts';
import { type CountJob, type Known, samplesOf, type TileJob } from '../define.ts';
import { type ClaheParams, gridOf, placeOf, reflected } from './grid.ts';
import { binsOf, shiftOf } from './tables.ts';

/** Every pixel of the continued picture whose source stands in this tile, in its cell's bins. */
export function countScalar(job: CountJob, { tiles }: ClaheParams, count: Float64Array): void {
  const grid = gridOf(job.picture, tiles);
  const { width, height } = grid;
  countRange(job, tiles, count, { left: 0, right: width * tiles, top: 0, bottom: height * tiles });
}

/** px of the continued picture. */
interface Range {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function countRange(job: CountJob, tiles: number, count: Float64Array, range: Range): void {
  const { picture, depth } = job;
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const grid = gridOf(picture, tiles);
  const bins = binsOf(depth);
  for (let row = range.top; row < range.bottom; row++) {
    const y = reflected(row, picture.height) - job.top;
    if (y < 0 || y >= job.height) continue;
    for (let column = range.left; column < range.right; column++) {
      const x = reflected(column, picture.width) - job.left;
      if (x < 0 || x >= job.width) continue;
      const from = input.start + y * input.stride + x * channels;
      const at = (c: number) => input.data[from + c] as number;
      const level = channels < 3 ? at(0) : lumaOf(at(0), at(1), at(2));
      const cell = Math.floor(row / grid.height) * tiles + Math.floor(column / grid.width);
      const bin = cell * bins + (level >> shiftOf(depth));
      count[bin] = (count[bin] as number) + 1;
    }
  }
}

const { fround } = Math;

export function scalar(job: TileJob, { tiles }: ClaheParams, { tables }: Known): void {
  const { picture, depth } = job;
  const grid = gridOf(picture, tiles);
  const bins = binsOf(depth);
  const lookUp = (row: number, column: number, level: number) => {
    const cell = row * tiles + column;
    const at = (bin: number) => (tables as Uint16Array)[bin] as number;
    if (depth === 8) return at(cell * bins + level);
    const bin = cell * (bins + 1) + (level >> shiftOf(depth));
    const part = level & 63;
    return (at(bin) * (63 - part) + at(bin + 1) * (part + 1)) / 64;
  };
  moveByLumaScalar(job, (level, x, y) => {
    const row = placeOf(job.top + y, grid.height, tiles);
    const column = placeOf(job.left + x, grid.width, tiles);
    const between = (cells: number) => {
      const left = fround(lookUp(cells, column.from, level) * fround(1 - column.weight));
      return fround(left + fround(lookUp(cells, column.to, level) * column.weight));
    };
    const above = fround(between(row.from) * fround(1 - row.weight));
    return roundHalfToEven(fround(above + fround(between(row.to) * row.weight))) - level;
  });
}
