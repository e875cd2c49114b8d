/**
 * Owns which metadata goes into an output and by which way: containers where we write them, exiftool for the rest.
 * Knows nothing of pixels.
 */
import type { Format, Notice } from '../../preload/contract.ts';
import { notice } from '../../preload/faults.ts';
import { hasAlpha, type Raster } from '../raster.ts';
import { addJpegBlocks, tooLongForJpeg } from './containers/jpeg.ts';
import { addPngBlocks } from './containers/png.ts';
import { type Directory, openTiff, readDirectory, TAG } from './containers/tiff.ts';
import { addTiffBlocks } from './containers/tiff-blocks.ts';
import { addWebpBlocks } from './containers/webp.ts';
import { exifForOutput } from './exif.ts';
import { copyExif } from './exiftool.ts';
import { HEAD_BYTES, OUTPUT_FORMATS, sniff } from './formats.ts';
import { asRecords, asResources } from './iptc.ts';
import { readAt, withOrdinaryFile } from './source.ts';
import type { Metadata } from './types.ts';
import { xmpForOutput } from './xmp.ts';

export interface OutputBlocks {
  readonly exif: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  readonly xmpExtension: readonly Uint8Array[];
  readonly iptc: Uint8Array | null;
  readonly icc: Uint8Array | null;
  readonly density: number | null;
  /** The file exiftool is to copy EXIF from; null where it is not needed. */
  readonly exifFrom: string | null;
  readonly notices: readonly Notice[];
}

/** The blocks as they are to stand in the output. */
export async function outputBlocks(
  raster: Raster,
  metadata: Metadata,
  sourcePath: string,
  format: Format,
): Promise<OutputBlocks> {
  const lost: string[] = [];
  const exif = metadata.exif === null ? null : exifForOutput(metadata.exif, raster.width, raster.height);
  if (metadata.exif !== null && exif === null) lost.push('EXIF');
  const byTool =
    exif !== null ? format === 'tiff' || format === 'avif' : metadata.exif === null && (await tiffHasExif(sourcePath));
  const carriesIptc = OUTPUT_FORMATS[format].carries.iptc;
  const records = metadata.iptc === null ? null : asRecords(metadata.iptc);
  if (records !== null && !carriesIptc) lost.push('IPTC');
  // JPEG takes Photoshop's other resources (clipping paths) along, TIFF the records alone.
  const iptc = format === 'jpeg' && metadata.iptc !== null ? asResources(metadata.iptc) : records;
  const xmpExtension = metadata.xmpExtension ?? [];
  if (xmpExtension.length > 0 && format !== 'jpeg') lost.push('extended XMP');
  const blocks = {
    xmpExtension,
    exif: byTool ? null : exif,
    xmp: metadata.xmp === null ? null : xmpForOutput(metadata.xmp),
    iptc: carriesIptc ? iptc : null,
    icc: metadata.icc,
    density: metadata.density,
  };
  if (format === 'jpeg') lost.push(...tooLongForJpeg(blocks));
  const notices = lost.length === 0 ? [] : [lostNotice(format, lost)];
  return { ...blocks, exifFrom: byTool ? sourcePath : null, notices };
}

/** The pieces of the finished file, in order. AVIF has its profile and XMP from the encoder. */
export function addBlocks(file: Buffer, blocks: OutputBlocks, format: Format, raster: Raster): readonly Uint8Array[] {
  const { exif, xmp, iptc, icc, density } = blocks;
  switch (format) {
    case 'jpeg':
      return addJpegBlocks(file, blocks);
    case 'png':
      return addPngBlocks(file, { exif, xmp, icc, density });
    case 'webp':
      if (exif === null && xmp === null && icc === null) return [file];
      return addWebpBlocks(file, { exif, xmp, icc }, { ...raster, hasAlpha: hasAlpha(raster) });
    case 'avif':
      return [file];
    case 'tiff': {
      if (xmp === null && iptc === null && icc === null) return [file];
      const added = addTiffBlocks(file, { icc, xmp, iptc });
      return added === null ? [file] : [added.header, file.subarray(added.header.length), added.tail];
    }
  }
}

/** Runs exiftool on the finished file. The pixels are done: what goes wrong here is said and no more. */
export async function addExifByTool(
  from: string,
  path: string,
  { width, height }: Raster,
  format: Format,
): Promise<readonly Notice[]> {
  try {
    await copyExif(from, path, width, height);
    return [];
  } catch {
    return [lostNotice(format, ['EXIF'])];
  }
}

function lostNotice(format: Format, kinds: readonly string[]): Notice {
  return notice('N_METADATA_LOST', { format: format.toUpperCase(), kinds: kinds.join(', ') });
}

/** Describing tags of a TIFF's first directory: without any, there is nothing to start exiftool for. */
const DESCRIBING = [TAG.exif, TAG.gps, TAG.make, 0x0110, 0x010e, 0x0132, 0x013b, 0x8298];

/** True where the source is a TIFF with EXIF in it. libvips does not read EXIF from TIFF. */
async function tiffHasExif(path: string): Promise<boolean> {
  const first = await tiffDirectory(path).catch(() => null);
  return first !== null && DESCRIBING.some((tag) => first.entries.has(tag));
}

/** The first directory of a TIFF file, read without the rest of it; null for anything else. */
async function tiffDirectory(path: string): Promise<Directory | null> {
  return withOrdinaryFile(path, async (file) => {
    const head = await readAt(file, 0, HEAD_BYTES);
    const found = sniff(head);
    const tiff = found.is === 'source' && found.kind === 'tiff' ? openTiff(head) : null;
    if (tiff === null) return null;
    const window = await readAt(file, tiff.firstDirectory, HEAD_BYTES);
    const view = new DataView(window.buffer, window.byteOffset, window.byteLength);
    return readDirectory({ ...tiff, view }, tiff.firstDirectory, tiff.firstDirectory);
  });
}
