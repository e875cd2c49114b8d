/**
 * Owns where CLAHE's cells lie: a grid over the picture, as OpenCV cuts it, and between which cells' tables a row or a
 * column stands. Pure.
 * Source: OpenCV 4.6, modules/imgproc/src/clahe.cpp. Where a side can't be divided, both are continued by reflection to the
 * next multiple, a whole cell count more where one of them could be.
 */
export type ClaheParams = Readonly<{ limit: number; tiles: number }>;

export interface Grid {
  /** Cells along either side. */
  readonly tiles: number;
  /** px of a cell. */
  readonly width: number;
  readonly height: number;
}

export function gridOf(picture: { readonly width: number; readonly height: number }, tiles: number): Grid {
  const { width, height } = picture;
  const fits = width % tiles === 0 && height % tiles === 0;
  const cell = (side: number) => (fits ? side : side + tiles - (side % tiles)) / tiles;
  return { tiles, width: cell(width), height: cell(height) };
}

/** Where the continued picture's column or row `at` is taken from: `gfedcb|abcdefgh|gfedcba`. */
export function reflected(at: number, side: number): number {
  if (side === 1) return 0;
  const period = 2 * (side - 1);
  const rest = at % period;
  return rest < side ? rest : period - rest;
}

/** A row or column between the middles of two cells (one and the same at the picture's edge). */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** Of `to`, in single precision; the rest is `from`'s. */
  readonly weight: number;
  /** Which pair of cells this is, from 0 (before the first one's middle). */
  readonly pair: number;
}

const { fround } = Math;

export function placeOf(at: number, cell: number, tiles: number): Place {
  const exact = fround(fround(at * fround(1 / cell)) - 0.5);
  const floor = Math.floor(exact);
  return {
    from: Math.max(floor, 0),
    to: Math.min(floor + 1, tiles - 1),
    weight: fround(exact - floor),
    pair: Math.min(floor + 1, tiles),
  };
}
