/**
 * Owns a smooth curve through points that never turns back between two of them. Pure; knows nothing of pictures.
 * Source: F. N. Fritsch, R. E. Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17 (1980): tangents
 * are means of the slopes beside them, zero where those differ in sign, drawn back into the circle of radius 3.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Knot extends Point {
  readonly slope: number;
}

/** `points` by rising x, two at least; before the first and behind the last the curve stays level. */
export function monotoneCubic(points: readonly Point[]): (x: number) => number {
  const knots = withSlopes(points);
  const first = knots[0] as Knot;
  const last = knots.at(-1) as Knot;
  return (x) => {
    if (x <= first.x) return first.y;
    if (x >= last.x) return last.y;
    const index = knots.findIndex((knot) => knot.x > x);
    return between(knots[index - 1] as Knot, knots[index] as Knot, x);
  };
}

/** Cubic Hermite. */
function between(from: Knot, to: Knot, x: number): number {
  const width = to.x - from.x;
  const t = (x - from.x) / width;
  const rest = 1 - t;
  const start = from.y * (1 + 2 * t) + from.slope * width * t;
  const end = to.y * (3 - 2 * t) - to.slope * width * rest;
  return start * rest * rest + end * t * t;
}

function withSlopes(points: readonly Point[]): Knot[] {
  const secants = points.slice(1).map((to, i) => {
    const from = points[i] as Point;
    return (to.y - from.y) / (to.x - from.x);
  });
  const slopes = points.map((_, i) => {
    const before = secants[i - 1] ?? secants[i] ?? 0;
    const after = secants[i] ?? before;
    return before * after <= 0 ? 0 : (before + after) / 2;
  });
  secants.forEach((secant, i) => {
    if (secant === 0) return;
    const a = (slopes[i] as number) / secant;
    const b = (slopes[i + 1] as number) / secant;
    const length = Math.hypot(a, b);
    if (length <= 3) return;
    slopes[i] = ((3 * a) / length) * secant;
    slopes[i + 1] = ((3 * b) / length) * secant;
  });
  return points.map((point, i) => ({ ...point, slope: slopes[i] as number }));
}
