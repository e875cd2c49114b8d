/**
 * Owns the domain transform's arithmetic (Gastal and Oliveira, "Domain Transform for Edge-Aware Image and Video
 * Processing", SIGGRAPH 2011, normalised convolution): its numbers, its plain truth in TypeScript, and how its SIMD twin
 * (domain.as.ts) lies in scratch. Filters that paint share it. Knows no filter.
 *
 * Along a line, pixels stand as far apart as their colours differ: 1 + sigmaS / sigmaR * |difference|. A window is what
 * lies within a radius; a pass takes its mean, along rows, then columns, three times with half the radius. As each step
 * costs at least 1, a window never reaches over its radius in pixels: the halo is finite and exact. Distances are whole
 * numbers of 1/unit px, colours have 16 bits at either depth, so nothing depends on where a line begins.
 *
 * Held to cv2.edgePreservingFilter with NORMCONV_FILTER (flags=2; 1 is the recursive filter): mean difference below 1
 * level (test/conformance/golden-painterly.test.ts).
 */
import { samplesOf, type TileJob, type TileShape } from '../filters/define.ts';

export interface DomainPlan {
  /** Units, pass by pass. */
  readonly radii: readonly number[];
  /** px that a window of each pass reaches at most. */
  readonly reaches: readonly number[];
  /** Units to the pixel: at most 256, fewer where a distance would outgrow 16 bits. */
  readonly unit: number;
  /** Units for a difference of 1 of 65,535 in the sum of three channels; single precision. */
  readonly ratio: number;
  /** Units beyond which distance makes no difference. */
  readonly cap: number;
  /** px around a pixel whose mean distances are measured by: noise adds up along a line, its mean does not. */
  readonly soft: number;
}

const PASSES = 3;
const MOST_UNITS = 256;

/** `passes` of the three: sketches count in the first one's windows only. sigmaS in px, sigmaR in parts of white. */
export function planDomain(sigmaS: number, sigmaR: number, colours: 1 | 3, passes = PASSES, soft = 0): DomainPlan {
  // sqrt(3) * sigma of the pass, which is sigmaS * sqrt(3) * 2^(3 - pass) / sqrt(4^3 - 1).
  const widths = Array.from(
    { length: passes },
    (_, i) => (3 * sigmaS * 2 ** (PASSES - 1 - i)) / Math.sqrt(4 ** PASSES - 1),
  );
  const reaches = widths.map(Math.floor);
  const widest = (reaches[0] as number) + 2;
  const unit = Math.min(MOST_UNITS, 2 ** Math.floor(Math.log2(65_535 / widest)));
  // Grey counts for all three channels: the picture is the same in RGB.
  const weight = colours === 1 ? 3 : 1;
  return {
    radii: widths.map((width) => Math.floor(width * unit)),
    reaches,
    unit,
    ratio: Math.fround(((sigmaS / sigmaR) * weight * unit) / 65_535),
    cap: (widest - 1) * unit,
    soft,
  };
}

export function domainHalo({ reaches, soft }: DomainPlan): number {
  return reaches.reduce((sum, reach) => sum + reach, soft === 0 ? 0 : soft + 1);
}

/** What of a job's input is picture: a rectangle in the output's coordinates, px. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function pictureOf({ width, height, halo, left, top, picture }: TileJob): Part {
  const x = Math.max(-halo, -left);
  const y = Math.max(-halo, -top);
  const right = Math.min(width + halo, picture.width - left);
  const bottom = Math.min(height + halo, picture.height - top);
  return { left: x, top: y, width: right - x, height: bottom - y };
}

/** A part of the picture in plain numbers: colours of 16 bits, one after the other, and distances in units. */
export interface DomainField {
  readonly part: Part;
  readonly colours: 1 | 3;
  /** `(y * width + x) * colours + c` */
  readonly values: Float64Array;
  /** From the left neighbour, and from the upper one. */
  readonly across: Int32Array;
  readonly down: Int32Array;
}

export function domainField(job: TileJob, { ratio, cap, unit, soft }: DomainPlan): DomainField {
  const part = pictureOf(job);
  const { width, height } = part;
  const { channels } = job.in;
  const colours = channels < 3 ? 1 : 3;
  const input = samplesOf(job, job.in);
  const scale = job.depth === 8 ? 257 : 1;
  const values = Float64Array.from({ length: width * height * colours }, (_, i) => {
    const pixel = Math.floor(i / colours);
    const x = part.left + (pixel % width);
    const y = part.top + Math.floor(pixel / width);
    return scale * (input.data[input.start + y * input.stride + x * channels + (i % colours)] as number);
  });
  const seen = soft === 0 ? values : softened(values, width, height, colours, soft);
  const distance = (a: number, b: number) => {
    let sum = 0;
    for (let c = 0; c < colours; c++) {
      sum += Math.abs((seen[a * colours + c] as number) - (seen[b * colours + c] as number));
    }
    return Math.trunc(Math.fround(Math.min(Math.fround(sum * ratio), cap) + unit));
  };
  const length = width * height;
  const across = Int32Array.from({ length }, (_, i) => (i % width === 0 ? 0 : distance(i, i - 1)));
  const down = Int32Array.from({ length }, (_, i) => (i < width ? 0 : distance(i, i - width)));
  return { part, colours, values, across, down };
}

/** Means over squares of 2 * soft + 1, the edge repeated; rounded in single precision, as the SIMD twin does it. */
function softened(values: Float64Array, width: number, height: number, colours: number, soft: number): Float64Array {
  const share = Math.fround(1 / Math.fround((2 * soft + 1) ** 2));
  return values.map((_, i) => {
    const c = i % colours;
    const x = Math.floor(i / colours) % width;
    const y = Math.floor(i / colours / width);
    let sum = 0;
    for (let v = y - soft; v <= y + soft; v++) {
      const row = Math.max(0, Math.min(height - 1, v)) * width;
      for (let u = x - soft; u <= x + soft; u++) {
        sum += values[(row + Math.max(0, Math.min(width - 1, u))) * colours + c] as number;
      }
    }
    return Math.trunc(Math.fround(Math.fround(Math.fround(sum) * share) + 0.5));
  });
}

/** Places from the window's first to its last of pixel `at`: `step` apart on a line of `length` that begins at `start`. */
function windowOf(steps: Int32Array, start: number, step: number, length: number, at: number, radius: number) {
  let first = at;
  for (let far = 0; first > 0; first--) {
    far += steps[start + first * step] as number;
    if (far >= radius) break;
  }
  let last = at;
  for (let far = 0; last + 1 < length; last++) {
    far += steps[start + (last + 1) * step] as number;
    if (far > radius) break;
  }
  return { first, last };
}

/** The plain truth of the filter, in place. */
export function smoothScalar(field: DomainField, { radii }: DomainPlan): void {
  const { width, height } = field.part;
  for (const radius of radii) {
    for (let y = 0; y < height; y++) smoothLine(field, field.across, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) smoothLine(field, field.down, x, width, height, radius);
  }
}

/** 1.5 * 2^23: an f32 below 2^22 plus this is rounded to an integer, ties to even, as the SIMD twin rounds. */
const ROUND_F32 = 12_582_912;

function smoothLine(
  { values, colours }: DomainField,
  steps: Int32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  const means = new Float64Array(length * colours);
  for (let k = 0; k < length; k++) {
    const { first, last } = windowOf(steps, start, step, length, k, radius);
    for (let c = 0; c < colours; c++) {
      let sum = 0;
      for (let i = first; i <= last; i++) sum += values[(start + i * step) * colours + c] as number;
      const mean = Math.fround(Math.fround(sum) / (last - first + 1));
      means[k * colours + c] = Math.fround(mean + ROUND_F32) - ROUND_F32;
    }
  }
  for (let k = 0; k < length; k++) {
    for (let c = 0; c < colours; c++) values[(start + k * step) * colours + c] = means[k * colours + c] as number;
  }
}

/** How many pixels the first windows of a pixel's row and column hold together; the place is one of the field's part. */
export function countScalar({ across, down, part }: DomainField, { radii }: DomainPlan, x: number, y: number): number {
  const radius = radii[0] as number;
  const row = windowOf(across, y * part.width, 1, part.width, x, radius);
  const column = windowOf(down, x, part.width, part.height, y, radius);
  return row.last - row.first + 1 + column.last - column.first + 1;
}

/** Where domain.as.ts finds what, in bytes from scratch. */
export interface DomainLayout {
  readonly plan: number;
  readonly lines: number;
  readonly across: number;
  readonly down: number;
  /** Pixels (8 bytes) or counts (2 bytes). */
  readonly pixels: number;
  readonly bytes: number;
}

export function layOutDomain({ width, height }: { width: number; height: number }, pixelBytes: 2 | 8): DomainLayout {
  const wide = rounded(width);
  const high = rounded(height);
  const lines = 64;
  const across = lines + 2 * (rounded(Math.max(width, height) + 8) * 20 + 256);
  const down = across + wide * height * 2 + 64;
  const pixels = down + wide * high * 2 + 64;
  return { plan: 0, lines, across, down, pixels, bytes: pixels + wide * high * pixelBytes + 64 };
}

/** Bytes of scratch for a tile, which reads no more than the picture has. */
export function domainScratchBytes({ width, height, halo, picture }: TileShape, pixelBytes: 2 | 8): number {
  const part = {
    width: Math.min(picture.width, width + 2 * halo),
    height: Math.min(picture.height, height + 2 * halo),
  };
  return layOutDomain(part, pixelBytes).bytes;
}

/** Writes radius and reach of each pass where domain.as.ts looks for them. */
export function writeDomainPlan(job: TileJob, { radii, reaches }: DomainPlan): void {
  const table = radii.flatMap((radius, i) => [radius, reaches[i] as number]);
  new Int32Array(job.memory.buffer, job.scratch, table.length).set(table);
}

function rounded(length: number): number {
  return (length + 7) & ~7;
}
