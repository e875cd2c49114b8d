/** Owns how figures and names are written for a person at a terminal. Pure. Refuses to know streams and colours. */

/** C0, C1, DEL, line separators, and the marks that turn the reading direction: a name may not move the cursor or lie. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A file name as it can be shown: what has no shape of its own is written out as \u{…}. */
export function printable(name: string): string {
  return name.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Decimal, as disks and file managers count: `410 MB`, `2.1 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit >= 3 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `4–6 s`, `2–3 min`, `up to 2 min`: one number would lie. Both ends in the unit of the later; equal ends become one. */
export function formatRange(range: { readonly low: number; readonly high: number }): string {
  const { seconds, step, name } = UNITS.find((unit) => range.high < unit.belowSeconds) ?? HOURS;
  const [low, high] = [range.low, range.high].map((value) => Math.ceil(Math.round(value / seconds) / step) * step) as [
    number,
    number,
  ];
  if (low === high) return `${high} ${name}`;
  return low === 0 ? `up to ${high} ${name}` : `${low}–${high} ${name}`;
}

const HOURS = { belowSeconds: Number.POSITIVE_INFINITY, seconds: 3600, step: 1, name: 'h' };
/** Seconds far ahead are told in fives: they change too fast to be read. */
const UNITS = [
  { belowSeconds: 10, seconds: 1, step: 1, name: 's' },
  { belowSeconds: 90, seconds: 1, step: 5, name: 's' },
  { belowSeconds: 5400, seconds: 60, step: 1, name: 'min' },
  HOURS,
] as const;

export function plural(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** Columns of equal width but the last; a table for eyes. */
export function alignColumns(rows: readonly (readonly string[])[], gap = 2): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd((widths[at] ?? 0) + gap)))
      .join('')
      .trimEnd(),
  );
}
