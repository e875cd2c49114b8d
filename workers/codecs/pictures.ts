/**
 * Owns pictures for a screen: thumbnails and previews, in sRGB, in formats every browser shows.
 * Nothing here ends up in a result.
 */
import { extname } from 'node:path';
import type { Picture } from '../../preload/contract.ts';
import { hasAlpha, type Raster } from '../raster.ts';
import { stopIfCancelled } from './cancel.ts';
import { faultOfDecoder } from './decoder-fault.ts';
import { sourceKindOf } from './formats.ts';
import { layoutOf, readHeader } from './header.ts';
import { inSrgb, sharpOf, toRaster } from './raster-sharp.ts';
import { toEightBits } from './samples.ts';
import { sharp } from './sharp.ts';
import { readSource } from './source.ts';

/** Small and without visible blocks at list size. */
const THUMBNAIL_QUALITY = 80;
/** Nothing to see against the original at 1:1, and chroma whole: a preview must not show what the export has not. */
const PREVIEW_QUALITY = 92;

/**
 * The upright picture in a box of `size` x `size` px, never enlarged. JPEG and WebP are shrunk while they are read.
 * A damaged file shows what there is of it: the list marks it, and only processing refuses it.
 */
export async function thumbnail(signal: AbortSignal, path: string, size: number, pixelLimit: number): Promise<Picture> {
  const { bytes } = await readSource(signal, path);
  const kind = sourceKindOf(bytes, extname(path));
  const header = await readHeader(bytes, kind, pixelLimit);
  const layout = layoutOf(header);
  stopIfCancelled(signal);
  const { metadata, width: sourceWidth, height: sourceHeight } = header;
  const page = kind === 'avif' && metadata.pagePrimary !== undefined ? { page: metadata.pagePrimary } : {};
  const shrunk = sharp(bytes, { failOn: 'none', limitInputPixels: pixelLimit, autoOrient: true, ...page }).resize({
    width: size,
    height: size,
    fit: 'inside',
    withoutEnlargement: true,
  });
  const isDeepWithProfile = layout.space === 'rgb16' && metadata.hasProfile && layout.convertedFrom === null;
  const image = inSrgb(shrunk, isDeepWithProfile).toColourspace('srgb');
  const isOpaque = !metadata.hasAlpha;
  const encoded = isOpaque
    ? image.jpeg({ quality: THUMBNAIL_QUALITY, optimiseCoding: false })
    : image.webp({ quality: THUMBNAIL_QUALITY });
  try {
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
    const mime = isOpaque ? 'image/jpeg' : 'image/webp';
    return { bytes: data, mime, width: info.width, height: info.height, sourceWidth, sourceHeight };
  } catch (error) {
    throw faultOfDecoder(kind, error, bytes);
  }
}

/** A raster as a browser shows it: from its own profile to sRGB, 8 bits; JPEG, or PNG where there is alpha. */
export async function encodePicture(
  raster: Raster,
  icc: Uint8Array | null,
  source: { readonly width: number; readonly height: number },
): Promise<Picture> {
  // libvips takes no 16-bit grey through a profile, and without one 8 bits are all a screen shows.
  const shown = raster.depth === 16 && (icc === null || raster.channels < 3) ? toEightBits(raster) : raster;
  const image = inSrgb(await sharpOf(shown, { icc, xmp: null }), shown.depth === 16).toColourspace('srgb');
  const encoded = hasAlpha(raster)
    ? image.png({ compressionLevel: 1 })
    : image.jpeg({ quality: PREVIEW_QUALITY, chromaSubsampling: '4:4:4', optimiseCoding: false });
  const bytes = await encoded.toBuffer();
  const mime = hasAlpha(raster) ? 'image/png' : 'image/jpeg';
  return {
    bytes,
    mime,
    width: raster.width,
    height: raster.height,
    sourceWidth: source.width,
    sourceHeight: source.height,
  };
}

/** The raster in a box, its sides in proportion, by Lanczos 3; as it is where it fits already. */
export async function shrinkToFit(raster: Raster, width: number, height: number): Promise<Raster> {
  if (raster.width <= width && raster.height <= height) return raster;
  const image = await sharpOf(raster);
  return toRaster(image.resize({ width, height, fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' }), raster);
}
