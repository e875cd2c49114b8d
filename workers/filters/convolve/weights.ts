/**
 * Owns how a convolution's weights are written: numbers with spaces between, rows with `/` or a new line between.
 * Pure. A wrong number is named with its place, row:column.
 */
import { Fault } from '../../../preload/faults.ts';
import type { ParamValues } from '../define.ts';

export const LARGEST_SIDE = 31;
/** Sums of 961 of them times 65,535 are far from what single precision can't hold. */
const LARGEST_WEIGHT = 1e6;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

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

/** Throws Fault E_PARAM. The middle is at (width >> 1, height >> 1), as OpenCV has it. */
export function weightsOf({ kernel, divisor }: ConvolveParams): Weights {
  const rows = kernel
    .trim()
    .split(/\s*[/\n]\s*/)
    .map((row) => row.split(/[\s,]+/).filter((word) => word !== ''));
  const width = rows[0]?.length ?? 0;
  const height = rows.length;
  if (width === 0) throw fault('1 2 1 / 2 4 2 / 1 2 1', kernel);
  if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
    throw fault(`≤ ${LARGEST_SIDE} × ${LARGEST_SIDE}`, `${width} × ${height}`);
  }
  const values = rows.map((row, y) => {
    if (row.length !== width) throw fault(`${width} × ${height}`, `${y + 1}: ${row.length} × 1`);
    return row.map((word, x) => readWeight(word, `${y + 1}:${x + 1}`));
  });
  const taps = values.flatMap((row, y) =>
    row.map((weight, x) => ({ dx: x - (width >> 1), dy: y - (height >> 1), weight: Math.fround(weight) })),
  );
  return { width, height, taps: taps.filter(({ weight }) => weight !== 0), divisor: divisorOf(values.flat(), divisor) };
}

function readWeight(word: string, place: string): number {
  const value = NUMBER.test(word) ? Number(word) : Number.NaN;
  // The comparison refuses NaN as well.
  if (!(Math.abs(value) <= LARGEST_WEIGHT)) throw fault(`${-LARGEST_WEIGHT} … ${LARGEST_WEIGHT}`, `${place} "${word}"`);
  return value;
}

/** Weights that cancel out (but for what a sum of fractions leaves) have no sum to divide by. */
function divisorOf(values: readonly number[], divisor: number): number {
  if (divisor !== 0) return Math.fround(divisor);
  const sum = values.reduce((total, value) => total + value, 0);
  const size = values.reduce((total, value) => total + Math.abs(value), 0);
  return Math.abs(sum) <= 1e-9 * size ? 1 : Math.fround(sum);
}

function fault(expected: string, received: string): Fault {
  const shown = received.length > 60 ? `${received.slice(0, 59)}…` : received;
  return new Fault('E_PARAM', { filter: 'convolve', param: 'kernel', expected, received: shown });
}
