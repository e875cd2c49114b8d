/** Owns how colour key's parameters become the numbers of its arithmetic, for both twins alike. */
import type { Depth } from '../../raster.ts';

/** Levels of 255, whatever the picture's depth. */
export type ColorKeyParams = Readonly<{
  red: number;
  green: number;
  blue: number;
  tolerance: number;
  softness: number;
}>;

export interface Key {
  /** Samples. */
  readonly colour: readonly [number, number, number];
  /** The largest distance that is fully transparent; samples. */
  readonly tolerance: number;
  /** What a sample beyond that adds to opacity, in single precision; 1 and more where nothing is soft. */
  readonly slope: number;
}

export function keyOf({ red, green, blue, tolerance, softness }: ColorKeyParams, depth: Depth): Key {
  const scale = depth === 8 ? 1 : 257;
  return {
    colour: [red * scale, green * scale, blue * scale],
    tolerance: tolerance * scale,
    slope: softness === 0 ? 1 : Math.fround(1 / (softness * scale)),
  };
}
