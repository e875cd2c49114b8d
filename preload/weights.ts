/**
 * Owns how a convolution's weights are written: numbers with spaces between, rows with `/` or a new line between.
 * Pure. Read before any picture is opened; a wrong number is named with its place, row:column.
 */
import { Fault } from './faults.ts';

export const LARGEST_SIDE = 31;
/** Sums of 961 of them times 65,535 are far from what single precision can't hold. */
const LARGEST_WEIGHT = 1e6;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Rows of equally many numbers, at least one. Throws Fault E_PARAM naming `filter` and `param`. */
export function parseWeights(text: string, filter: string, param: string): number[][] {
  const rows = text
    .trim()
    .split(/\s*[/\n]\s*/)
    .map((row) => row.split(/[\s,]+/).filter((word) => word !== ''));
  const width = rows[0]?.length ?? 0;
  const height = rows.length;
  if (width === 0) throw fault('1 2 1 / 2 4 2 / 1 2 1', text);
  if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
    throw fault(`≤ ${LARGEST_SIDE} × ${LARGEST_SIDE}`, `${width} × ${height}`);
  }
  return rows.map((row, y) => {
    if (row.length !== width) throw fault(`${width} × ${height}`, `${y + 1}: ${row.length} × 1`);
    return row.map((word, x) => readWeight(word, `${y + 1}:${x + 1}`));
  });

  function readWeight(word: string, place: string): number {
    const value = NUMBER.test(word) ? Number(word) : Number.NaN;
    // The comparison refuses NaN as well.
    if (!(Math.abs(value) <= LARGEST_WEIGHT))
      throw fault(`${-LARGEST_WEIGHT} … ${LARGEST_WEIGHT}`, `${place} "${word}"`);
    return value;
  }

  function fault(expected: string, received: string): Fault {
    const shown = received.length > 60 ? `${received.slice(0, 59)}…` : received;
    return new Fault('E_PARAM', { filter, param, expected, received: shown });
  }
}
