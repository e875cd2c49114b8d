/** Owns how a slider's place and a number belong together, evenly or in ratios. Pure. */

export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** 0 to 1. A log scale that starts at 0 moves in ratios from one step on. */
export function toPosition(scale: Scale, value: number): number {
  const inside = clamp(scale, value);
  if (scale.kind === 'linear') return (inside - scale.min) / (scale.max - scale.min);
  const from = logStart(scale);
  return inside <= from ? 0 : Math.log(inside / from) / Math.log(scale.max / from);
}

export function toValue(scale: Scale, position: number): number {
  if (position <= 0) return scale.min;
  if (position >= 1) return scale.max;
  if (scale.kind === 'linear') return snap(scale, scale.min + position * (scale.max - scale.min));
  const from = logStart(scale);
  return snap(scale, from * (scale.max / from) ** position);
}

/** The nearest value of the step's grid, inside the range, without binary dust (0.1 + 0.2). */
export function snap(scale: Scale, value: number): number {
  const steps = Math.round((value - scale.min) / scale.step);
  return clamp(scale, Number((scale.min + steps * scale.step).toFixed(digitsOf(scale))));
}

/** Digits after the point that the step and the start of the range need. */
export function digitsOf(scale: Scale): number {
  const digits = (value: number) => (String(value).split('.')[1] ?? '').length;
  return Math.max(digits(scale.step), digits(scale.min));
}

function clamp(scale: Scale, value: number): number {
  return Math.min(scale.max, Math.max(scale.min, value));
}

function logStart(scale: Scale): number {
  return scale.min > 0 ? scale.min : scale.step;
}
