/** Owns what a picture in memory is. Knows nothing of files or filters. */

export type Channels = 1 | 2 | 3 | 4;
export type Depth = 8 | 16;

/**
 * Interleaved samples, rows from top to bottom without padding: `data[(y * width + x) * channels + c]`.
 * 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha; alpha is last and straight (not premultiplied).
 * Samples are gamma-encoded in the picture's own colour space, full range (255 or 65,535 is white).
 */
export interface Raster {
  readonly data: Uint8Array | Uint16Array;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  readonly channels: Channels;
  /** bits a sample */
  readonly depth: Depth;
}

export function hasAlpha(raster: Pick<Raster, 'channels'>): boolean {
  return raster.channels === 2 || raster.channels === 4;
}

export function newSamples(depth: Depth, length: number): Uint8Array | Uint16Array {
  return depth === 8 ? new Uint8Array(length) : new Uint16Array(length);
}
