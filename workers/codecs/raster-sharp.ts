/**
 * Owns handing a raster to sharp, with its profile where one is needed, and taking one back.
 * sharp can't attach a profile to raw pixels, so they go in as an uncompressed TIFF in memory: a copy, no change.
 */
import { hasAlpha, type Raster } from '../raster.ts';
import { addTiffBlocks } from './containers/tiff-blocks.ts';
import { packGrey } from './samples.ts';
import { type Sharp, sharp } from './sharp.ts';

export interface ColourBlocks {
  readonly icc: Uint8Array | null;
  readonly xmp: Uint8Array | null;
}

/** A classic TIFF ends at 4 GiB; half of that leaves room for what does not compress. */
export const BIG_TIFF_BYTES = 2 ** 31;

/** An image whose pixels are the raster's; with `blocks`, they are on it as if it had been read from a file. */
export async function sharpOf(raster: Raster, blocks: ColourBlocks | null = null): Promise<Sharp> {
  const { data, width, height, channels } = raster;
  const options = { raw: { width, height, channels }, limitInputPixels: false };
  if (blocks === null || (blocks.icc === null && blocks.xmp === null)) return sharp(data, options);
  const space = raster.depth === 8 ? (channels < 3 ? 'b-w' : 'srgb') : channels < 3 ? 'grey16' : 'rgb16';
  const tiff = await sharp(data, options)
    .toColourspace(space)
    .tiff({ compression: 'none', predictor: 'none', bigtiff: data.byteLength > BIG_TIFF_BYTES })
    .toBuffer();
  const added = addTiffBlocks(tiff, { icc: blocks.icc, xmp: blocks.xmp, iptc: null });
  if (added === null) throw new Error('the raster is too large to carry a profile');
  return sharp(Buffer.concat([added.header, tiff.subarray(added.header.length), added.tail]), {
    limitInputPixels: false,
  });
}

/** The raster converted through its profile to sRGB (grey stays grey), at its own depth. */
export async function convertToSrgb(raster: Raster, icc: Uint8Array): Promise<Raster> {
  return toRaster(inSrgb(await sharpOf(raster, { icc, xmp: null }), raster.depth === 16), raster);
}

/**
 * sharp converts 16-bit RGB with a profile to Display P3 first, and only a named output profile brings it to sRGB.
 */
export function inSrgb(image: Sharp, isDeepWithProfile: boolean): Sharp {
  return isDeepWithProfile ? image.withIccProfile('srgb', { attach: false }) : image;
}

/** Renders an image to a raster of the same depth and kind (grey or colour, alpha or none) as `like`. */
export async function toRaster(image: Sharp, like: Raster): Promise<Raster> {
  const isGrey = like.channels < 3;
  const isDeep = like.depth === 16;
  // libvips drops alpha from raw 8-bit grey: it goes round by RGBA.
  const space = isDeep ? (isGrey ? 'grey16' : 'rgb16') : isGrey && !hasAlpha(like) ? 'b-w' : 'srgb';
  const { data, info } = await image
    .toColourspace(space)
    .raw({ depth: isDeep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const samples = isDeep
    ? new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength))
    : data;
  const raster: Raster = {
    data: samples,
    width: info.width,
    height: info.height,
    channels: info.channels as Raster['channels'],
    depth: like.depth,
  };
  return isGrey && raster.channels >= 3 ? packGrey(raster) : raster;
}
