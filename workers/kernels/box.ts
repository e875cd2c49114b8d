/**
 * Owns the plain truth of box sums and of the minimum over a square, which box-rows.as.ts and erode-rows.as.ts are held
 * to, and how much scratch a row of theirs takes.
 * Planes are row by row without padding; a result has as much fewer columns and rows as the window reaches.
 */

/** Sums of whole numbers over side x side, exact below 2^53: (width - side + 1) x (height - side + 1) of them. */
export function boxSums(plane: Float64Array, width: number, height: number, side: number): Float64Array {
  const across = width + 1;
  const table = new Float64Array(across * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += plane[y * width + x] as number;
      table[(y + 1) * across + x + 1] = (table[y * across + x + 1] as number) + row;
    }
  }
  const outWidth = width - side + 1;
  const sums = new Float64Array(outWidth * (height - side + 1));
  for (let i = 0; i < sums.length; i++) {
    const at = Math.floor(i / outWidth) * across + (i % outWidth);
    const below = at + side * across;
    sums[i] =
      (table[below + side] as number) - (table[below] as number) - (table[at + side] as number) + (table[at] as number);
  }
  return sums;
}

/** The least over side x side: (width - side + 1) x (height - side + 1) of them. */
export function boxMinimum(plane: Float64Array, width: number, height: number, side: number): Float64Array {
  const outWidth = width - side + 1;
  const rows = new Float64Array(outWidth * height);
  for (let i = 0; i < rows.length; i++) {
    const at = Math.floor(i / outWidth) * width + (i % outWidth);
    rows[i] = least(plane, at, 1, side);
  }
  const result = new Float64Array(outWidth * (height - side + 1));
  for (let i = 0; i < result.length; i++) result[i] = least(rows, i, outWidth, side);
  return result;
}

function least(values: Float64Array, from: number, step: number, count: number): number {
  let found = Number.POSITIVE_INFINITY;
  for (let k = 0; k < count; k++) found = Math.min(found, values[from + k * step] as number);
  return found;
}

/** Bytes of the tables of planes.as.ts. */
export const PLANE_TABLE_BYTES = 192;

/** Bytes of a row in scratch, as box-rows.as.ts lays it. */
export function rowBytesOf(samples: number, sampleBytes: number): number {
  return (samples * sampleBytes + 128 + 15) & ~15;
}
