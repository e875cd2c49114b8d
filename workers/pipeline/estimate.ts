/** Owns what one photo's job will take of memory, told before anything of it is decoded. Pure. */
import type { Format, ImageJob, SourceKind } from '../../preload/contract.ts';
import type { Channels, Depth } from '../raster.ts';
import { cutChain, estimateSegments } from './segments.ts';

/**
 * What a codec holds beside the samples, in parts of them: `node test/perf/memory.ts`, 24 MP RGB, rounded up.
 * JPEG and PNG count as progressive and interlaced (1.20 and 1.87; else 0.15 and 0.96): the header does not tell the plan.
 */
const DECODING: Readonly<Record<SourceKind, number>> = { jpeg: 1.2, png: 1.9, webp: 2.5, avif: 5.3, tiff: 0.3, gif: 1 };
const ENCODING: Readonly<Record<Format, number>> = { jpeg: 0.4, png: 0.9, webp: 1.9, avif: 11.8, tiff: 1.2 };

/** Bytes at the peak, which is in decoding, or in filtering or encoding the variant that takes most. */
export function jobBytes({ size, variants, tileSize }: Pick<ImageJob, 'size' | 'variants' | 'tileSize'>): number {
  const { width, height, kind } = size;
  // Five channels are CMYK with alpha, 32 bits are brought to 16: the raster that comes is never larger than this.
  const channels = Math.min(4, size.channels) as Channels;
  const depth: Depth = size.depth === 8 ? 8 : 16;
  const samples = width * height * channels * (depth / 8);
  const decoded = samples * (1 + DECODING[kind]);
  const encoded = variants.map(({ chain, target }) => {
    const made = estimateSegments(cutChain(chain), { width, height }, channels, depth, tileSize);
    const result = made.width * made.height * made.channels * (depth / 8);
    return samples + made.bytes + result * ENCODING[target.format];
  });
  return Math.max(decoded, ...encoded);
}
