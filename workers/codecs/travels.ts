/**
 * Owns what goes from a source to its output beside the pixels, and telling of what does not.
 * Knows nothing of how pixels are read, nor of outputs.
 */
import type { Notice, SourceKind } from '../../preload/contract.ts';
import { notice } from '../../preload/faults.ts';
import type { Raster } from '../raster.ts';
import { claimsOf } from './claims.ts';
import { firstEoi, headerSegments, startsWith, XMP_EXTENSION } from './containers/jpeg.ts';
import { bareExif } from './exif.ts';
import type { Header, Layout } from './header.ts';
import { profileSpace } from './icc.ts';
import type { Metadata } from './types.ts';
import { extrasOf } from './xmp.ts';

interface Travels {
  readonly metadata: Metadata;
  readonly notices: readonly Notice[];
}

/** The metadata of an output, and every notice a header gives reason for. */
export function whatTravels(kind: SourceKind, bytes: Buffer, header: Header, layout: Layout, raster: Raster): Travels {
  const kept = keepMetadata(kind, bytes, header, layout, raster);
  const notices = [
    ...framesNotice(kind, header),
    ...conversionNotices(layout, header),
    ...kept.notices,
    ...refusedNotices(kind, bytes, header),
    ...extraNotices(kind, bytes, kept.metadata.xmp),
  ];
  return { metadata: kept.metadata, notices };
}

/** One block of metadata beyond this is not a photo's (F11): it is left behind, the pixels are done all the same. */
const MAX_BLOCK_BYTES = 4 * 2 ** 20;

function keepMetadata(kind: SourceKind, bytes: Buffer, { metadata }: Header, layout: Layout, raster: Raster): Travels {
  const notices: Notice[] = [];
  const block = (name: string, bytes: Buffer | undefined): Uint8Array | null => {
    if (bytes === undefined || bytes.length === 0) return null;
    if (bytes.length <= MAX_BLOCK_BYTES) return bytes;
    notices.push(tooLarge(name, bytes.length));
    return null;
  };
  const exif = block('EXIF', metadata.exif);
  let icc = layout.convertedFrom === null ? block('ICC', metadata.icc) : null;
  if (icc !== null && !fits(icc, raster)) {
    icc = null;
    notices.push(notice('N_PROFILE_IGNORED'));
  }
  const extension = kind === 'jpeg' ? xmpExtension(bytes) : [];
  const extensionBytes = extension.reduce((sum, one) => sum + one.length, 0);
  if (extensionBytes > MAX_BLOCK_BYTES) notices.push(tooLarge('extended XMP', extensionBytes));
  return {
    metadata: {
      exif: exif === null ? null : bareExif(exif),
      xmp: block('XMP', metadata.xmp),
      ...(extensionBytes > 0 && extensionBytes <= MAX_BLOCK_BYTES ? { xmpExtension: extension } : {}),
      iptc: block('IPTC', metadata.iptc),
      icc,
      density: metadata.density ?? null,
    },
    notices,
  };
}

function tooLarge(name: string, bytes: number): Notice {
  return notice('N_EXTRA_LOST', { what: `${name} (${Math.round(bytes / 2 ** 20)} MB)` });
}

/** Copies: a view would keep the whole source in memory until the output is written. */
function xmpExtension(bytes: Buffer): readonly Uint8Array[] {
  return headerSegments(bytes)
    .filter((one) => one.marker === 0xe1 && startsWith(bytes, one, XMP_EXTENSION))
    .map((one) => new Uint8Array(bytes.subarray(one.from, one.to)));
}

/** What stands in the file and did not come out of it. */
function refusedNotices(kind: SourceKind, bytes: Buffer, { metadata }: Header): readonly Notice[] {
  const claims = claimsOf(kind, bytes);
  return [
    ...(claims.icc && metadata.icc === undefined ? [notice('N_PROFILE_IGNORED')] : []),
    ...(claims.xmp && metadata.xmp === undefined ? [notice('N_EXTRA_LOST', { what: 'XMP' })] : []),
  ];
}

/** A grey picture may carry an RGB profile (many programs do); any other mismatch is a mistake. */
function fits(icc: Uint8Array, raster: Raster): boolean {
  const space = profileSpace(icc);
  return space === 'RGB' || (space === 'GRAY' && raster.channels < 3);
}

function framesNotice(kind: SourceKind, { metadata }: Header): readonly Notice[] {
  const frames = metadata.pages ?? 1;
  if (frames <= 1) return [];
  return kind === 'avif'
    ? [notice('N_EXTRA_LOST', { what: `${frames - 1} further pictures` })]
    : [notice('N_FIRST_FRAME', { frames })];
}

function conversionNotices(layout: Layout, { metadata }: Header): readonly Notice[] {
  if (layout.convertedFrom === null) return [];
  const reduced = metadata.depth === 'ushort' ? [notice('N_DEPTH_REDUCED', { from: 16, to: 8 })] : [];
  return layout.convertedFrom === 'CMYK'
    ? [notice('N_CMYK_CONVERTED'), ...reduced]
    : [notice('N_COLOUR_CONVERTED', { from: layout.convertedFrom })];
}

/** What lies in the file beside the picture and does not travel: gain maps, the second eye of an MPO, phone videos. */
function extraNotices(kind: SourceKind, bytes: Buffer, xmp: Uint8Array | null): readonly Notice[] {
  const told = xmp === null ? [] : extrasOf(xmp);
  const extras = kind === 'jpeg' ? [...told, ...jpegExtras(bytes, told.length > 0)] : told;
  return extras.map((what) => notice('N_EXTRA_LOST', { what }));
}

/** Apple, Google and Adobe all store gain maps as a further picture: what XMP `isTold` of is not told twice. */
function jpegExtras(bytes: Buffer, isTold: boolean): readonly string[] {
  const segments = headerSegments(bytes);
  const has = (marker: number, name: string) =>
    segments.some((one) => one.marker === marker && startsWith(bytes, one, name));
  if (isTold) return [];
  if (has(0xe2, 'MPF\0')) return ['further pictures (MPO)'];
  const end = firstEoi(bytes);
  const hasVideo = end > 0 && bytes.subarray(end + 2, end + 64).includes('ftyp');
  return hasVideo ? ['motion video'] : [];
}
