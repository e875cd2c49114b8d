/** Owns the histogram of a picture: how many of its pixels have each tone, and how many have lost theirs. */
import { create } from 'zustand';

export interface Tones {
  /** Counts for red, green and blue, from black to white. */
  readonly channels: readonly [readonly number[], readonly number[], readonly number[]];
  /** Fraction of pixels with all channels at 0. */
  readonly shadows: number;
  /** Fraction of pixels with all channels at 255. */
  readonly highlights: number;
}

/** The histogram of what is shown now; null while nothing is. */
export const useTones = create<{ readonly tones: Tones | null }>()(() => ({ tones: null }));

const BINS = 64;
/** Pixels of the longer side that are counted: 50,000 samples say the same as 20 million, in 2 ms. */
const SIDE_PX = 256;

/** Null where the picture cannot be read back. */
export function measureTones(image: HTMLImageElement): Tones | null {
  const scale = Math.min(1, SIDE_PX / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  // Single pixels as they are: averaged ones would hide what is clipped.
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return countTones(context.getImageData(0, 0, canvas.width, canvas.height).data);
}

/** `rgba`: four bytes a pixel. */
export function countTones(rgba: Uint8ClampedArray): Tones {
  const red = new Array<number>(BINS).fill(0);
  const green = new Array<number>(BINS).fill(0);
  const blue = new Array<number>(BINS).fill(0);
  const pixels = rgba.length / 4;
  let shadows = 0;
  let highlights = 0;
  const add = (bins: number[], value: number) => {
    const bin = (value * BINS) >> 8;
    bins[bin] = (bins[bin] ?? 0) + 1;
  };
  for (let at = 0; at < rgba.length; at += 4) {
    const r = rgba[at] ?? 0;
    const g = rgba[at + 1] ?? 0;
    const b = rgba[at + 2] ?? 0;
    add(red, r);
    add(green, g);
    add(blue, b);
    if (r + g + b === 0) shadows += 1;
    else if (r + g + b === 765) highlights += 1;
  }
  return { channels: [red, green, blue], shadows: shadows / pixels, highlights: highlights / pixels };
}
