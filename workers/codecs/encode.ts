/**
 * Owns the way from a raster to one complete, flushed file with its metadata.
 * Knows nothing of where the file goes next; pixels are sharp's work, metadata metadata-out.ts', bytes output-file.ts'.
 */
import { rm } from 'node:fs/promises';
import type { Notice } from '../../preload/contract.ts';
import { Fault, notice } from '../../preload/faults.ts';
import { exiftoolLeftover } from '../../preload/temporary.ts';
import { hasAlpha, type Raster } from '../raster.ts';
import { stopIfCancelled } from './cancel.ts';
import { checkSize, OUTPUT_FORMATS } from './formats.ts';
import { isSrgb, profileName, profileSpace } from './icc.ts';
import { addBlocks, addExifByTool, type OutputBlocks, outputBlocks } from './metadata-out.ts';
import { syncFile, writeNewFile } from './output-file.ts';
import { BIG_TIFF_BYTES, convertToSrgb, sharpOf } from './raster-sharp.ts';
import { flattenOnWhite, spreadGrey, toEightBits, toSixteenBits } from './samples.ts';
import { MAX_RAW_BYTES, type Sharp } from './sharp.ts';
import type { EncodeOptions, Metadata } from './types.ts';

export interface EncodedFile {
  readonly bytes: number;
  readonly notices: readonly Notice[];
}

/**
 * Writes exactly one new file at `tempPath`, or none. `sourcePath` is read again only for EXIF that libvips can't read.
 * Faults: E_FORMAT_LIMIT, E_NOSPC, E_FBIG, E_WRITE, E_CANCELLED.
 */
export async function encodeToFile(
  signal: AbortSignal,
  raster: Raster,
  metadata: Metadata,
  sourcePath: string,
  options: EncodeOptions,
  tempPath: string,
): Promise<EncodedFile> {
  stopIfCancelled(signal);
  checkSize(options.format, raster.width, raster.height);
  const fitted = fitDepthAndAlpha(raster, options);
  const coloured = await fitColours(fitted.raster, metadata.icc, options);
  const blocks = await outputBlocks(coloured.raster, { ...metadata, icc: coloured.icc }, sourcePath, options.format);
  stopIfCancelled(signal);
  const file = await encodePixels(coloured.raster, blocks, options);
  stopIfCancelled(signal);
  const bytes = await writeNewFile(tempPath, addBlocks(file, blocks, options.format, coloured.raster));
  const notices = [...fitted.notices, ...coloured.notices, ...blocks.notices];
  if (blocks.exifFrom === null) return { bytes, notices };
  try {
    const lost = await addExifByTool(blocks.exifFrom, tempPath, coloured.raster, options.format);
    stopIfCancelled(signal);
    return { bytes: lost.length === 0 ? await syncFile(tempPath) : bytes, notices: [...notices, ...lost] };
  } catch (error) {
    await rm(tempPath, { force: true });
    throw error;
  } finally {
    await rm(exiftoolLeftover(tempPath), { force: true });
  }
}

interface Fitted {
  readonly raster: Raster;
  readonly notices: readonly Notice[];
}

/** Depth and alpha that the format holds. */
function fitDepthAndAlpha(raster: Raster, { format, depth }: EncodeOptions): Fitted {
  const limits = OUTPUT_FORMATS[format];
  const wanted = depth === 'keep' ? raster.depth : depth;
  const possible = limits.depths.includes(wanted) ? wanted : 8;
  const notices: Notice[] = [];
  let fitted = raster;
  if (hasAlpha(fitted) && !limits.alpha) {
    fitted = flattenOnWhite(fitted);
    notices.push(notice('N_ALPHA_FLATTENED', { format: format.toUpperCase() }));
  }
  if (fitted.depth === 16 && possible === 8) {
    fitted = toEightBits(fitted);
    // Asked for is no news; what the format can't hold is.
    if (wanted === 16) notices.push(notice('N_DEPTH_REDUCED', { from: 16, to: 8 }));
  } else if (fitted.depth === 8 && possible === 16) {
    fitted = toSixteenBits(fitted);
  }
  return { raster: fitted, notices };
}

interface Coloured extends Fitted {
  readonly icc: Uint8Array | null;
}

/** Samples and profile that belong together in this format: no viewer can read RGB through a grey profile. */
async function fitColours(raster: Raster, icc: Uint8Array | null, { format }: EncodeOptions): Promise<Coloured> {
  const isGrey = raster.channels < 3;
  const same = { raster, icc, notices: [] };
  if (icc === null) return same;
  if (profileSpace(icc) === 'GRAY') {
    if (isGrey && OUTPUT_FORMATS[format].grey) return same;
    // The grey's own curve becomes sRGB's: exact for grey; for colours a filter added it is the nearest there is.
    const from = profileName(icc) ?? 'grey profile';
    const source = isGrey ? await convertToSrgb(raster, icc) : raster;
    return { raster: source, icc: null, notices: [notice('N_COLOUR_CONVERTED', { from })] };
  }
  if (!isGrey) return same;
  // An RGB profile over one channel is read by few and refused by PNG. sRGB's grey needs none; any other profile's
  // grey is spread over three channels, so that it keeps its meaning.
  if (isSrgb(icc)) return { raster, icc: null, notices: [] };
  return { raster: spreadGrey(raster), icc, notices: [] };
}

async function encodePixels(raster: Raster, blocks: OutputBlocks, options: EncodeOptions): Promise<Buffer> {
  if (raster.data.byteLength > MAX_RAW_BYTES) {
    const limit = Math.floor((MAX_RAW_BYTES / raster.data.byteLength) * raster.width * raster.height);
    throw new Fault('E_BOMB', { width: raster.width, height: raster.height, limit });
  }
  const input = await sharpOf(raster, options.format === 'avif' ? blocks : null);
  try {
    return await asFormat(input, raster, options, blocks.density).toBuffer();
  } catch (error) {
    throw new Fault('E_WRITE', { why: error instanceof Error ? error.message : String(error) }, error);
  }
}

/** From here on chroma at half size shows on sharp red edges, and the photographer asked for the best. */
const FULL_CHROMA_QUALITY = 90;

function asFormat(input: Sharp, raster: Raster, { format, quality }: EncodeOptions, density: number | null): Sharp {
  const image = input.toColourspace(spaceOf(raster));
  const chromaSubsampling = quality >= FULL_CHROMA_QUALITY ? '4:4:4' : '4:2:0';
  switch (format) {
    case 'jpeg':
      // optimiseCoding: 136–155 ms against 26–40 on a 4K photo, for 2 % of its bytes (30 % on a very smooth one).
      return image.jpeg({ quality, chromaSubsampling, optimiseCoding: false });
    case 'png':
      return image.png({ compressionLevel: PNG_LEVEL, adaptiveFiltering: true });
    case 'webp':
      return image.webp(
        quality === 100 ? { lossless: true, exact: true, effort: WEBP_EFFORT } : { quality, effort: WEBP_EFFORT },
      );
    case 'avif':
      return image.avif({ quality, chromaSubsampling, effort: AVIF_EFFORT }).keepIccProfile().keepXmp();
    case 'tiff':
      // LZW: 163–241 ms, 1.9–6.1 MB; deflate 302–420 ms, 1.7–6.0 MB; and every program reads LZW.
      return image.tiff({
        compression: 'lzw',
        predictor: 'horizontal',
        // Pixels a millimetre.
        ...(density === null ? {} : { xres: density / 25.4, yres: density / 25.4 }),
        bigtiff: raster.data.byteLength > BIG_TIFF_BYTES,
      });
  }
}

// Measured on two 4K photos (one smooth, one full of detail), ms and MB:
/** 2: 218–406, 1.7–6.5. 4: 328–447, 1.6–6.2. 6: 422–963, 1.4–6.1. 9: 1,171–3,395, 1.3–5.6. */
const PNG_LEVEL = 2;
/** 2: 223–243, 0.06–0.39. 4: 568–590, 0.05–0.37. */
const WEBP_EFFORT = 2;
/** 0: 471–540, 0.04–0.36. 2: 973–2,472, 0.03–0.32. 4 (sharp's own choice): 4,752–19,780, 0.03–0.28. */
const AVIF_EFFORT = 2;

function spaceOf({ channels, depth }: Raster): 'b-w' | 'srgb' | 'grey16' | 'rgb16' {
  if (channels < 3) return depth === 8 ? 'b-w' : 'grey16';
  return depth === 8 ? 'srgb' : 'rgb16';
}
