/**
 * Owns what a file is by its first bytes, and what each output format can hold.
 * Pure: knows no files, no sharp. Only the six source kinds ever reach a decoder.
 */
import type { Format, SourceKind } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import { type Directory, openTiff, readDirectory, readNumber, TAG, type Tiff } from './containers/tiff.ts';

export type Sniffed =
  | { readonly is: 'source'; readonly kind: SourceKind }
  | { readonly is: 'codec'; readonly kind: string }
  | { readonly is: 'raw'; readonly kind: string }
  | { readonly is: 'unknown' };

/** Bytes of the beginning that sniff() wants; fewer will do. */
export const HEAD_BYTES = 65_536;

/** Signatures at the very beginning, as text in Latin-1. TIFF-like RAW formats stand before TIFF itself. */
const SIGNATURES: readonly (readonly [string, Sniffed])[] = [
  ['\xff\xd8\xff', source('jpeg')],
  ['\x89PNG\r\n\x1a\n', source('png')],
  ['GIF87a', source('gif')],
  ['GIF89a', source('gif')],
  ['IIRO', raw('ORF')],
  ['IIRS', raw('ORF')],
  ['MMOR', raw('ORF')],
  ['IIU\0', raw('RW2')],
  ['FUJIFILMCCD-RAW', raw('RAF')],
  ['FOVb', raw('X3F')],
  ['\0MRM', raw('MRW')],
  ['II\xbc\x01', codec('JPEG XR')],
  ['II*\0', source('tiff')],
  ['MM\0*', source('tiff')],
  ['II+\0', source('tiff')],
  ['MM\0+', source('tiff')],
  ['\xff\x0a', codec('JPEG XL')],
  ['\0\0\0\x0cJXL ', codec('JPEG XL')],
  ['\0\0\0\x0cjP  ', codec('JPEG 2000')],
  ['\xff\x4f\xff\x51', codec('JPEG 2000')],
  ['8BPS', codec('Photoshop')],
  ['%PDF-', codec('PDF')],
  ['\0\0\x01\0', codec('icon')],
  ['\0\0\x02\0', codec('cursor')],
  ['\x76\x2f\x31\x01', codec('OpenEXR')],
  ['#?RADIANCE', codec('Radiance HDR')],
  ['#?RGBE', codec('Radiance HDR')],
  ['SIMPLE  =', codec('FITS')],
  ['qoif', codec('QOI')],
  ['DDS ', codec('DDS')],
  ['gimp xcf', codec('GIMP')],
  ['AT&TFORM', codec('DjVu')],
  ['\x01\xda', codec('SGI')],
];

const BRANDS: readonly (readonly [string, Sniffed])[] = [
  ['avif', source('avif')],
  ['avis', source('avif')],
  ['crx ', raw('CR3')],
  ['heic', codec('HEIC')],
  ['heix', codec('HEIC')],
  ['hevc', codec('HEIC')],
  ['heim', codec('HEIC')],
  ['heis', codec('HEIC')],
  ['jxl ', codec('JPEG XL')],
  ['mif1', codec('HEIF')],
  ['msf1', codec('HEIF')],
];

/** What the first bytes say. Extensions are not asked: contents decide. */
export function sniff(head: Uint8Array): Sniffed {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 1024)).toString('latin1');
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return source('webp');
  if (text.startsWith('ftyp', 4)) return sniffBrand(text);
  // Canon marks its CR2 right behind the TIFF header.
  if (/^(II\*\0|MM\0\*)....CR/s.test(text)) return raw('CR2');
  for (const [signature, found] of SIGNATURES) if (text.startsWith(signature)) return found;
  // "BM" begins many texts: the header's own size and the reserved zeros make sure.
  if (text.startsWith('BM') && text.startsWith('\0\0\0\0', 6) && text.startsWith('\0\0\0', 15)) return codec('BMP');
  if (/^P[1-7][\s#]/.test(text)) return codec('Netpbm');
  if (text.startsWith('DICM', 128)) return codec('DICOM');
  if (/^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<svg[\s>]/is.test(text)) return codec('SVG');
  return { is: 'unknown' };
}

function sniffBrand(text: string): Sniffed {
  const size = Math.min(text.charCodeAt(2) * 256 + text.charCodeAt(3), text.length);
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(text.slice(at, at + 4));
  // The major brand first; `mif1` says only "HEIF of some kind", so it counts when nothing else is said.
  for (const brand of [...brands.filter((one) => one !== 'mif1' && one !== 'msf1'), 'mif1', 'msf1']) {
    if (!brands.includes(brand)) continue;
    const found = BRANDS.find(([name]) => name === brand);
    if (found !== undefined) return found[1];
  }
  return { is: 'unknown' };
}

const RAW_EXTENSIONS = new Set(
  '.3fr .arw .cr2 .crw .dcr .dng .erf .fff .iiq .k25 .kdc .mef .mos .mrw .nef .nrw .orf .pef .raw .rw2 .rwl .sr2 .srf .srw'.split(
    ' ',
  ),
);
const CFA = 32_803;
const LINEAR_RAW = 34_892;

/**
 * The RAW kind of a TIFF by its first directory, or null for an ordinary TIFF.
 * RAW files are TIFFs whose first picture is a small preview: decoded as TIFF they would silently give that.
 * An ordinary TIFF may have a make, sub-directories or a thumbnail; only together with a RAW's marks is it refused.
 */
function rawKindOf(tiff: Tiff, first: Directory, extension: string): string | null {
  const { entries } = first;
  if (entries.has(TAG.dngVersion)) return 'DNG';
  const photometric = readNumber(tiff, entries.get(TAG.photometric));
  const isSensorData = photometric === CFA || photometric === LINEAR_RAW;
  const isReduced = ((readNumber(tiff, entries.get(TAG.newSubfileType)) ?? 0) & 1) === 1;
  const hasMore = entries.has(TAG.subDirectories) || first.next !== 0;
  const isRawName = RAW_EXTENSIONS.has(extension.toLowerCase());
  const isCamera = entries.has(TAG.make);
  if (isSensorData || (isReduced && hasMore && isCamera) || (isRawName && isCamera)) {
    return isRawName ? extension.slice(1).toUpperCase() : 'TIFF-based RAW';
  }
  return null;
}

/** The kind to decode, or the fault that says why not. `head` reaches the first TIFF directory or `tiff` is given. */
export function sourceKindOf(head: Uint8Array, extension: string): SourceKind {
  const found = sniff(head);
  switch (found.is) {
    case 'unknown':
      throw new Fault('E_NOT_IMAGE');
    case 'codec':
      throw new Fault('E_UNSUPPORTED_CODEC', { kind: found.kind });
    case 'raw':
      throw new Fault('E_UNSUPPORTED_RAW', { kind: found.kind });
    case 'source':
      if (found.kind === 'tiff') refuseRaw(head, 0, null, extension);
      return found.kind;
  }
}

/** Throws E_UNSUPPORTED_RAW when the directory in `window` (the file's bytes from `base`) is a RAW file's. */
export function refuseRaw(window: Uint8Array, base: number, header: Tiff | null, extension: string): void {
  const tiff =
    header === null
      ? openTiff(window)
      : { ...header, view: new DataView(window.buffer, window.byteOffset, window.byteLength) };
  if (tiff === null) return;
  const first = readDirectory(tiff, tiff.firstDirectory, base);
  const kind = first === null ? null : rawKindOf(tiff, first, extension);
  if (kind !== null) throw new Fault('E_UNSUPPORTED_RAW', { kind });
}

const SOURCE_EXTENSIONS: Readonly<Record<SourceKind, readonly string[]>> = {
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif', '.jif', '.mpo'],
  png: ['.png', '.apng'],
  webp: ['.webp'],
  avif: ['.avif', '.avifs', '.heif'],
  tiff: ['.tif', '.tiff', '.btf', '.tf8'],
  gif: ['.gif'],
};

/** False where the name claims another kind; a name without an extension claims nothing. */
export function extensionFits(kind: SourceKind, extension: string): boolean {
  return extension === '' || SOURCE_EXTENSIONS[kind].includes(extension.toLowerCase());
}

export interface OutputFormat {
  readonly extension: string;
  readonly mime: string;
  /** px a side */
  readonly maxSide: number;
  readonly depths: readonly (8 | 16)[];
  readonly alpha: boolean;
  /** One-channel pictures stay so; the others store grey as RGB. */
  readonly grey: boolean;
  readonly carries: { readonly exif: boolean; readonly xmp: boolean; readonly iptc: boolean; readonly icc: boolean };
}

const ALL = { exif: true, xmp: true, iptc: true, icc: true };
const NO_IPTC = { ...ALL, iptc: false };

/**
 * JPEG could hold 65,535 a side, libjpeg stops at 65,500. AVIF: libheif's AV1 encoder takes no more than 16,384.
 * sharp's AVIF is 8 bits only (its prebuilt libheif has no more).
 */
export const OUTPUT_FORMATS: Readonly<Record<Format, OutputFormat>> = {
  jpeg: { extension: '.jpg', mime: 'image/jpeg', maxSide: 65_500, depths: [8], alpha: false, grey: true, carries: ALL },
  png: {
    extension: '.png',
    mime: 'image/png',
    maxSide: 2 ** 31 - 1,
    depths: [8, 16],
    alpha: true,
    grey: true,
    carries: NO_IPTC,
  },
  webp: {
    extension: '.webp',
    mime: 'image/webp',
    maxSide: 16_383,
    depths: [8],
    alpha: true,
    grey: false,
    carries: NO_IPTC,
  },
  avif: {
    extension: '.avif',
    mime: 'image/avif',
    maxSide: 16_384,
    depths: [8],
    alpha: true,
    grey: false,
    carries: NO_IPTC,
  },
  tiff: {
    extension: '.tif',
    mime: 'image/tiff',
    maxSide: 2 ** 31 - 1,
    depths: [8, 16],
    alpha: true,
    grey: true,
    carries: ALL,
  },
};

/** Throws E_FORMAT_LIMIT, naming the formats that would do. */
export function checkSize(format: Format, width: number, height: number): void {
  const side = Math.max(width, height);
  const limit = OUTPUT_FORMATS[format].maxSide;
  if (side <= limit) return;
  const formats = Object.entries(OUTPUT_FORMATS).filter(([, one]) => side <= one.maxSide);
  throw new Fault('E_FORMAT_LIMIT', {
    format: format.toUpperCase(),
    width,
    height,
    limit,
    formats: formats.map(([name]) => name.toUpperCase()).join(', '),
  });
}

function source(kind: SourceKind): Sniffed {
  return { is: 'source', kind };
}

function codec(kind: string): Sniffed {
  return { is: 'codec', kind };
}

function raw(kind: string): Sniffed {
  return { is: 'raw', kind };
}
