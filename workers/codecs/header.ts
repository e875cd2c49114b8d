/**
 * Owns what a file's header says, and refusing from it what must not be decoded: bombs and layouts with no raster.
 * Knows nothing of pixels.
 */
import type { SourceKind } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import type { Channels, Depth } from '../raster.ts';
import { faultOfDecoder } from './decoder-fault.ts';
import { MAX_RAW_BYTES, type SharpMetadata, sharp } from './sharp.ts';

/** How the pixels of a file become a raster's. */
export interface Layout {
  /** The space libvips is asked for: the source's own where a raster can hold it. */
  readonly space: 'srgb' | 'b-w' | 'rgb16' | 'grey16';
  readonly channels: Channels;
  readonly depth: Depth;
  /** What the colours were, when they can't stay: `CMYK`, `Lab`. */
  readonly convertedFrom: string | null;
}

export interface Header {
  readonly metadata: SharpMetadata;
  /** Upright, px. */
  readonly width: number;
  /** Upright, px. */
  readonly height: number;
}

/**
 * An AVIF of a few KB may unpack to gigabytes: 2 KB of 100 megapixels took 1.9 GB and 7 s, 19 bytes a pixel where a
 * JPEG takes 3 (measured), and nothing in libvips bounds it. Above every camera that writes AVIF.
 */
const AVIF_PIXEL_LIMIT = 100_000_000;

/** Reads the header only. Faults: E_BOMB, E_CORRUPT, E_TRUNCATED, E_UNSUPPORTED_LAYOUT. */
export async function readHeader(input: string | Buffer, kind: SourceKind, pixelLimit: number): Promise<Header> {
  let metadata: SharpMetadata;
  try {
    // Without a limit, so that the fault can name the size; no pixel is decoded here.
    metadata = await sharp(input, { failOn: 'none', limitInputPixels: false }).metadata();
  } catch (error) {
    throw faultOfDecoder(kind, error, typeof input === 'string' ? null : input);
  }
  const { width, height } = metadata.autoOrient;
  const limit = kind === 'avif' ? Math.min(pixelLimit, AVIF_PIXEL_LIMIT) : pixelLimit;
  if (width * height > limit) throw new Fault('E_BOMB', { width, height, limit });
  return { metadata, width, height };
}

/** Faults: E_UNSUPPORTED_LAYOUT for what would come out silently wrong, E_BOMB for what one buffer can't hold. */
export function layoutOf({ metadata, width, height }: Header): Layout {
  const layout = rasterLayout(metadata);
  const bytes = width * height * layout.channels * (layout.depth / 8);
  if (bytes > MAX_RAW_BYTES) {
    const limit = Math.floor(MAX_RAW_BYTES / (bytes / (width * height)));
    throw new Fault('E_BOMB', { width, height, limit });
  }
  return layout;
}

/** Every layout that a raster holds, by libvips' words: space, sample, channels. */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  'srgb uchar 3': keep('srgb', 3, 8),
  'srgb uchar 4': keep('srgb', 4, 8),
  'b-w uchar 1': keep('b-w', 1, 8),
  // libvips drops alpha from raw 8-bit grey, so it comes as RGBA and is packed afterwards.
  'b-w uchar 2': keep('srgb', 2, 8),
  'rgb16 ushort 3': keep('rgb16', 3, 16),
  'rgb16 ushort 4': keep('rgb16', 4, 16),
  'grey16 ushort 1': keep('grey16', 1, 16),
  'grey16 ushort 2': keep('grey16', 2, 16),
  'cmyk uchar 4': convert('CMYK', 'srgb', 3, 8),
  'cmyk uchar 5': convert('CMYK', 'srgb', 4, 8),
  // The way through the profile gives 8 bits; decode() says so.
  'cmyk ushort 4': convert('CMYK', 'srgb', 3, 8),
  'cmyk ushort 5': convert('CMYK', 'srgb', 4, 8),
  // libvips reads 8-bit Lab as floats.
  'lab float 3': convert('Lab', 'srgb', 3, 8),
  'labs short 3': convert('Lab', 'rgb16', 3, 16),
};

function rasterLayout({ space, depth, channels }: SharpMetadata): Layout {
  const layout = LAYOUTS[`${space} ${depth} ${channels}`];
  if (layout === undefined) {
    throw new Fault('E_UNSUPPORTED_LAYOUT', { why: `${channels} channels of ${space}, ${depth} samples` });
  }
  return layout;
}

function keep(space: Layout['space'], channels: Channels, depth: Depth): Layout {
  return { space, channels, depth, convertedFrom: null };
}

function convert(from: string, space: Layout['space'], channels: Channels, depth: Depth): Layout {
  return { space, channels, depth, convertedFrom: from };
}
