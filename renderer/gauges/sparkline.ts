/** Owns the path of a small line of values. Pure. */

export interface Sparkline {
  readonly line: string;
  readonly area: string;
}

/** Newest value at the right edge; `top` is the value at the upper edge. */
export function sparkline(values: readonly number[], top: number, width: number, height: number): Sparkline {
  if (values.length === 0 || top <= 0) return { line: '', area: '' };
  const step = width / Math.max(1, values.length - 1);
  const at = (value: number, index: number) =>
    `${round(index * step)},${round(height - (Math.min(value, top) / top) * height)}`;
  // One value alone is a level line.
  const all = values.length === 1 ? [values[0] ?? 0, values[0] ?? 0] : values;
  const points = all.map((value, index) => at(value, values.length === 1 ? index * (width / step) : index));
  return { line: `M${points.join('L')}`, area: `M0,${height}L${points.join('L')}L${width},${height}Z` };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
