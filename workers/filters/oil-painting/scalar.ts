/**
 * Oil painting in plain TypeScript: the truth its SIMD twin is held to.
 * Of the pixels around each one (a square, cut at the picture's edge) the commonest tone wins, the darkest of equals, and
 * the pixel becomes the mean colour of those that have it. Then the painting is laid over the photo by `strength`.
 *
 * Source: OpenCV contrib 4.6, modules/xphoto/src/oilpainting.cpp: equal in every RGB pixel of 8 bits
 * (test/conformance/golden-painterly.test.ts). Its grey pictures come out cut off instead of rounded; here a grey picture
 * gives what the same picture in RGB gives. 16 bits are sorted into tones by their luma in 8.
 */
import { lumaOf } from '../../kernels/luma.ts';
import { samplesOf, type TileJob } from '../define.ts';
import { type OilParams, SHARES, shareOf, toneTable } from './params.ts';

export function scalar(job: TileJob, params: OilParams): void {
  const { width, height, halo, left, top, picture, depth } = job;
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const table = toneTable(params);
  const share = shareOf(params);
  const colours = channels < 3 ? 1 : 3;
  const at = (x: number, y: number, c: number) =>
    input.data[input.start + y * input.stride + x * channels + c] as number;
  const toneAt = (x: number, y: number) => {
    const luma = colours === 1 ? at(x, y, 0) : lumaOf(at(x, y, 0), at(x, y, 1), at(x, y, 2));
    return table[depth === 8 ? luma : Math.floor((luma + 128) / 257)] as number;
  };
  const wide = width + 2 * halo;
  const tones = Uint8Array.from({ length: wide * (height + 2 * halo) }, (_, i) =>
    toneAt((i % wide) - halo, Math.floor(i / wide) - halo),
  );

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const square = placesAround(x, y);
      const winner = commonest(square.map(([u, v]) => toneOf(u, v)));
      const mine = square.filter(([u, v]) => toneOf(u, v) === winner);
      const to = output.start + y * output.stride + x * channels;
      for (let c = 0; c < colours; c++) {
        const sum = mine.reduce((total, [u, v]) => total + at(u, v, c), 0);
        output.data[to + c] = layOver(mean(sum, mine.length), at(x, y, c), share);
      }
      if (channels !== colours) output.data[to + colours] = at(x, y, colours);
    }
  }

  function toneOf(x: number, y: number): number {
    return tones[(y + halo) * wide + x + halo] as number;
  }

  /** Those of the square that the picture has. */
  function placesAround(x: number, y: number): [number, number][] {
    const places: [number, number][] = [];
    for (let v = Math.max(y - halo, -top); v <= Math.min(y + halo, picture.height - top - 1); v++) {
      for (let u = Math.max(x - halo, -left); u <= Math.min(x + halo, picture.width - left - 1); u++)
        places.push([u, v]);
    }
    return places;
  }
}

function commonest(tones: readonly number[]): number {
  const counts = new Int32Array(256);
  for (const tone of tones) counts[tone] = (counts[tone] as number) + 1;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

/** 1.5 * 2^23: an f32 below 2^22 plus this is rounded to an integer, ties to even, as the SIMD twin rounds. */
const ROUND_F32 = 12_582_912;

/** In single precision, as the SIMD twin divides. */
function mean(sum: number, count: number): number {
  return Math.fround(Math.fround(Math.fround(sum) / count) + ROUND_F32) - ROUND_F32;
}

/** Whole numbers only, halves up: no share (0) is the photo's sample, all of them the painted one. */
function layOver(painted: number, photo: number, share: number): number {
  return photo + Math.floor(((painted - photo) * share + SHARES / 2) / SHARES);
}
