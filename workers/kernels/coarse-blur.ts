/**
 * Owns the Gaussian of large sigma at a cost that does not grow with it: the plain truth in TypeScript, its tables, and
 * the scratch its SIMD twin (coarse-blur.as.ts) works in. Knows no filter.
 *
 * Pixels are averaged in cells of a power of two a side, the cells are blurred by a Gaussian of as much less variance as
 * averaging and interpolating add, and pixels are interpolated between cells by a quadratic B-spline, whose variance is
 * the same at every place. (After Burt and Adelson's pyramid, 1983; linear interpolation was 1.6 times as far off. Stacked
 * boxes lost: five of them are 1.5 levels of 255 from a Gaussian at an edge from black to white.)
 * Cells are counted from the picture's corner, and each sum has one order, in single precision: no tiling changes a bit.
 *
 * How far it is from OpenCV 4.6's GaussianBlur, in levels of its depth, sigma 8 to 100: 8 bits: 1 on four photos and on
 * edges from black to white, 2 in under 0.02 % of white noise (OpenCV's weights of 8 bits are themselves 2 off the
 * Gaussian there); 16 bits: 14 on photos, 45 at such edges, 75 on white noise (0.1 %).
 */
import { samplesOf, type TileJob, type TileShape } from '../filters/define.ts';
import type { Depth } from '../raster.ts';

const fround = Math.fround;

export interface CoarseBlur {
  /** log2 of a cell's side; px. */
  readonly shift: number;
  /** Single precision, from the middle outwards: weights of a cell and its neighbours. */
  readonly weights: Float32Array;
  /** Three weights for each place in a cell: of the cell before, the cell itself, the one behind. */
  readonly spline: Float32Array;
}

/**
 * log2 of a cell's side; 0 where sigma is small enough for the exact kernel. 4K RGB, one thread, Node 24, ms: 8 bits,
 * exact: sigma 4 50, 7.9 82; in cells: 8 53, 20 28, 100 30. 16 bits, exact: 11.9 290; in cells: 12 72, 20 132, 100 63.
 * Cells would pay from a sigma of 5 on, but sigma must be four cells (six at 16 bits) to stay as close as said above.
 */
export function coarseShift(sigma: number, depth: Depth): number {
  const least = depth === 8 ? 4 : 6;
  return Math.max(0, Math.min(4, Math.floor(Math.log2(sigma / least))));
}

/** px around a pixel that the result reads. */
export function coarseHalo(exactRadius: number, shift: number): number {
  return (((exactRadius >> shift) + 2) << shift) - 1;
}

/** `exactRadius`: where OpenCV's kernel ends. */
export function coarseBlur(sigma: number, exactRadius: number, shift: number): CoarseBlur {
  const side = 1 << shift;
  let variance = 0;
  let sum = 0;
  for (let k = -exactRadius; k <= exactRadius; k++) {
    const weight = Math.exp((k * k * -0.5) / (sigma * sigma));
    variance += weight * k * k;
    sum += weight;
  }
  // A cell's average adds (side^2 - 1) / 12 px^2, the spline side^2 / 4.
  const wanted = (variance / sum - (side * side - 1) / 12) / (side * side) - 1 / 4;
  const spline = new Float32Array(3 * side);
  for (let place = 0; place < side; place++) {
    const t = (place + 0.5) / side - 0.5;
    spline.set([(0.5 - t) ** 2 / 2, 0.75 - t * t, (0.5 + t) ** 2 / 2], 3 * place);
  }
  return { shift, weights: weightsOfVariance(wanted, exactRadius >> shift), spline };
}

/** A cut-off Gaussian of exactly this variance: the cut takes some, so sigma is found by halving. */
function weightsOfVariance(variance: number, radius: number): Float32Array {
  let low = 0;
  let high = 4 * Math.sqrt(variance);
  let weights: number[] = [];
  for (let turn = 0; turn < 50; turn++) {
    const sigma = (low + high) / 2;
    weights = Array.from({ length: radius + 1 }, (_, k) => Math.exp((k * k * -0.5) / (sigma * sigma)));
    const sum = weights.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0);
    weights = weights.map((weight) => weight / sum);
    const reached = weights.reduce((total, weight, k) => total + 2 * weight * k * k, 0);
    if (reached < variance) low = sigma;
    else high = sigma;
  }
  return Float32Array.from(weights);
}

/** The cells that a run of pixels needs: from `first` on, `count` blurred ones. */
function cellsOf(start: number, length: number, shift: number): { readonly first: number; readonly count: number } {
  const first = (start >> shift) - 1;
  return { first, count: ((start + length - 1) >> shift) + 2 - first };
}

/** The plain truth. `finish(original, blurred)` makes the output sample of the two; alpha is handed through. */
export function coarseBlurScalar(
  job: TileJob,
  { shift, weights, spline }: CoarseBlur,
  finish: (original: number, blurred: number) => number,
): void {
  const { width, height, left, top } = job;
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const side = 1 << shift;
  const radius = weights.length - 1;
  const across = cellsOf(left, width, shift);
  const down = cellsOf(top, height, shift);

  for (let c = 0; c < channels; c++) {
    const isAlpha = channels % 2 === 0 && c === channels - 1;
    const at = (x: number, y: number) => input.start + y * input.stride + x * channels + c;
    const rows = cells().map((row) => blurred(row, across.count));
    const columns = Array.from({ length: across.count }, (_, x) => blurred(rows.map(pick(x)), down.count));
    for (let y = 0; y < height; y++) {
      const line = columns.map((column) => interpolated(column, top + y, down.first));
      for (let x = 0; x < width; x++) {
        const original = input.data[at(x, y)] as number;
        const value = Math.floor(fround(interpolated(line, left + x, across.first) + 0.5));
        output.data[output.start + y * output.stride + x * channels + c] = isAlpha ? original : finish(original, value);
      }
    }

    function cells(): number[][] {
      return Array.from({ length: down.count + 2 * radius }, (_, cy) =>
        Array.from({ length: across.count + 2 * radius }, (_, cx) =>
          average(((across.first - radius + cx) << shift) - left, ((down.first - radius + cy) << shift) - top),
        ),
      );
    }

    function average(x: number, y: number): number {
      let sum = 0;
      for (let dy = 0; dy < side; dy++) {
        for (let dx = 0; dx < side; dx++) sum += input.data[at(x + dx, y + dy)] as number;
      }
      return sum / (side * side);
    }
  }

  function blurred(line: readonly number[], count: number): number[] {
    return Array.from({ length: count }, (_, i) => {
      let sum = fround((weights[0] as number) * (line[i + radius] as number));
      for (let k = 1; k <= radius; k++) {
        const pair = fround((line[i + radius - k] as number) + (line[i + radius + k] as number));
        sum = fround(sum + fround((weights[k] as number) * pair));
      }
      return sum;
    });
  }

  function interpolated(line: readonly number[], position: number, first: number): number {
    const cell = (position >> shift) - first;
    const [a, b, c] = [-1, 0, 1].map((k) =>
      fround((line[cell + k] as number) * (spline[3 * (position & (side - 1)) + 1 + k] as number)),
    ) as [number, number, number];
    return fround(fround(a + b) + c);
  }
}

function pick(x: number): (row: readonly number[]) => number {
  return (row) => row[x] as number;
}

/** Bytes of scratch for a tile: tables, five rows of pixels, two of cells, then cells blurred across and both ways. */
export function coarseScratchBytes({ width, height, channels }: TileShape, radius: number, shift: number): number {
  const across = (width >> shift) + 4;
  const down = (height >> shift) + 4;
  const cellRow = rowBytes((across + 2 * radius) * channels);
  const pixelRow = rowBytes(((across + 2 * radius) << shift) * channels);
  return aligned((radius + 1) * 4) + aligned(12 << shift) + 5 * pixelRow + (2 + 2 * down + 2 * radius) * cellRow;
}

/** Writes the tables where coarse-blur.as.ts looks for them. */
export function writeCoarseTables(job: TileJob, { weights, spline }: CoarseBlur): void {
  new Float32Array(job.memory.buffer, job.scratch, weights.length).set(weights);
  new Float32Array(job.memory.buffer, job.scratch + aligned(weights.length * 4), spline.length).set(spline);
}

function rowBytes(samples: number): number {
  return aligned(samples * 4 + 128);
}

function aligned(bytes: number): number {
  return (bytes + 15) & ~15;
}
