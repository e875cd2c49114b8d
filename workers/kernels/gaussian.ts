/**
 * Owns the Gaussian's arithmetic where sigma is small: its weights in integers, its plain truth in TypeScript, and the
 * scratch its SIMD twin (blur8.as.ts, blur16.as.ts) works in. blur.ts takes coarse-blur.ts instead where sigma is large.
 *
 * Source: OpenCV 4.6, modules/imgproc/src/smooth.dispatch.cpp, GaussianBlur with ksize (0, 0): weights of 8 bits (8-bit
 * pictures) or 16 bits (16-bit ones) with error diffusion, every sum exact, one rounding at the end. Equal to OpenCV in
 * every pixel for both depths (test/conformance/golden.test.ts).
 */
import { samplesOf, type TileJob, type TileShape } from '../filters/define.ts';
import type { Depth } from '../raster.ts';
import { roundHalfToEven } from './half-even.ts';

/** px from the middle tap to the last one: 3 sigma for 8 bits, 4 for 16, as OpenCV chooses them. */
export function gaussianRadius(sigma: number, depth: Depth): number {
  return (roundHalfToEven(sigma * (depth === 8 ? 3 : 4) * 2 + 1) | 1) >> 1;
}

/** 2 * radius + 1 weights whose sum is 2^8 or 2^16 exactly; what rounding takes from one tap is given to the next. */
function gaussianWeights(sigma: number, depth: Depth): Int32Array {
  const radius = gaussianRadius(sigma, depth);
  const one = depth === 8 ? 256 : 65_536;
  const raw = Array.from({ length: radius }, (_, i) =>
    Math.exp(((radius - i) * (radius - i) * -0.5) / (sigma * sigma)),
  );
  const sum = 2 * raw.reduce((total, value) => total + value, 0) + 1;

  const weights = new Int32Array(2 * radius + 1);
  let error = 0;
  let given = 0;
  raw.forEach((value, i) => {
    const wanted = (value / sum) * one + error;
    const weight = roundHalfToEven(wanted);
    error = wanted - weight;
    weights[i] = weight;
    weights[2 * radius - i] = weight;
    given += 2 * weight;
  });
  weights[radius] = one - given;
  return weights;
}

/** The plain truth. Sums stay below 2^49, so a double holds them exactly and the order of additions can't matter. */
export function exactScalar(job: TileJob, sigma: number, finish: (original: number, blurred: number) => number): void {
  const { width, height, depth } = job;
  const { channels } = job.in;
  const weights = gaussianWeights(sigma, depth);
  const radius = weights.length >> 1;
  const one = depth === 8 ? 256 : 65_536;
  const colours = channels === 2 || channels === 4 ? channels - 1 : channels;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const columns = new Float64Array((width + 2 * radius) * channels);

  for (let y = 0; y < height; y++) {
    columns.fill(0);
    weights.forEach((weight, k) => {
      const from = input.start + (y + k - radius) * input.stride - radius * channels;
      for (let i = 0; i < columns.length; i++)
        columns[i] = (columns[i] as number) + weight * (input.data[from + i] as number);
    });
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const original = input.data[input.start + y * input.stride + x * channels + c] as number;
        let sum = 0;
        for (let k = 0; k < weights.length && c < colours; k++) {
          sum += (weights[k] as number) * (columns[(x + k) * channels + c] as number);
        }
        const blurred = Math.floor(sum / (one * one) + 0.5);
        output.data[output.start + y * output.stride + x * channels + c] =
          c < colours ? finish(original, blurred) : original;
      }
    }
  }
}

/** The weights, then a row of column sums (twice for 16 bits) and its pairs. */
export function exactScratchBytes({ width, channels, depth, halo }: TileShape): number {
  const row = aligned((width + 2 * halo) * channels * 2 + 64);
  const tables = aligned((halo + 2) * 4) + aligned((halo + 1) * 2);
  return tables + (depth === 8 ? 3 : 6) * row + 64;
}

/**
 * Writes the weights where blur-rows.as.ts looks for them. `i32` pairs of taps for the dot product, left to right, the last
 * with a zero; then what the middle weight has over 32,767, which a signed 16-bit lane can't hold; for 8 bits then the
 * weights from the middle outwards.
 */
export function writeBlurTables(job: TileJob, sigma: number): void {
  const weights = gaussianWeights(sigma, job.depth);
  const radius = weights.length >> 1;
  const middle = weights[radius] as number;
  const excess = Math.max(0, middle - 0x7fff);
  weights[radius] = middle - excess;

  const pairs = new Int32Array(job.memory.buffer, job.scratch, radius + 2);
  for (let k = 0; k <= radius; k++) pairs[k] = (weights[2 * k] as number) | ((weights[2 * k + 1] ?? 0) << 16);
  pairs[radius + 1] = excess;
  if (job.depth === 8) {
    new Uint16Array(job.memory.buffer, job.scratch + aligned((radius + 2) * 4), radius + 1).set(
      weights.subarray(radius),
    );
  }
}

function aligned(bytes: number): number {
  return (bytes + 15) & ~15;
}
