/**
 * Owns what is read from and patched in an EXIF block (CIPA DC-008): a TIFF structure without pixels.
 * Patches in place: maker notes hold offsets from the block's beginning, and any move would break them.
 */
import exifReader from 'exif-reader';
import type { Probe } from '../../preload/contract.ts';
import {
  type Directory,
  type Entry,
  openTiff,
  readDirectory,
  readNumber,
  TAG,
  type Tiff,
  TYPE,
} from './containers/tiff.ts';

const PREFIX = [0x45, 0x78, 0x69, 0x66, 0, 0];

/** The block without the `Exif\0\0` that JPEG, and sometimes WebP and AVIF, put before it. */
export function bareExif(block: Uint8Array): Uint8Array {
  return PREFIX.every((byte, index) => block[index] === byte) ? block.subarray(PREFIX.length) : block;
}

interface Opened {
  readonly tiff: Tiff;
  readonly first: Directory;
}

function openExif(exif: Uint8Array): Opened | null {
  const tiff = openTiff(exif);
  const first = tiff === null || tiff.big ? null : readDirectory(tiff, tiff.firstDirectory);
  return tiff === null || first === null ? null : { tiff, first };
}

export function hasGps(exif: Uint8Array): boolean {
  return openExif(exif)?.first.entries.has(TAG.gps) ?? false;
}

/**
 * A copy for a finished picture: orientation 1 (it is baked in), its size in pixels, and without the embedded
 * thumbnail, which shows the photo before the filters. All other bytes stay. Null where nothing can be read.
 */
export function exifForOutput(exif: Uint8Array, width: number, height: number): Uint8Array | null {
  // Not slice(): of a Buffer that is a view, and the source's own bytes would be patched.
  const copy = new Uint8Array(exif);
  const opened = openExif(copy);
  if (opened === null) return null;
  const { tiff, first } = opened;
  putNumber(tiff, first.entries.get(TAG.orientation), 1);
  putNumber(tiff, first.entries.get(TAG.imageWidth), width);
  putNumber(tiff, first.entries.get(TAG.imageHeight), height);
  const detailAt = readNumber(tiff, first.entries.get(TAG.exif));
  const detail = detailAt === null ? null : readDirectory(tiff, detailAt);
  putNumber(tiff, detail?.entries.get(TAG.pixelWidth), width);
  putNumber(tiff, detail?.entries.get(TAG.pixelHeight), height);
  dropThumbnail(tiff, first);
  return copy;
}

function dropThumbnail(tiff: Tiff, first: Directory): void {
  if (first.next === 0) return;
  const thumbnail = readDirectory(tiff, first.next);
  const at = readNumber(tiff, thumbnail?.entries.get(TAG.thumbnailOffset));
  const bytes = readNumber(tiff, thumbnail?.entries.get(TAG.thumbnailBytes));
  // Wiped, not only unlinked: what was blurred in the photo must not be found in its old thumbnail.
  if (at !== null && bytes !== null && isJpegAt(tiff, at) && at + bytes <= tiff.view.byteLength) {
    new Uint8Array(tiff.view.buffer, tiff.view.byteOffset + at, bytes).fill(0);
  }
  if (first.nextAt + 4 <= tiff.view.byteLength) tiff.view.setUint32(first.nextAt, 0);
}

/** Only what really is a thumbnail is wiped: a broken offset could point into the maker notes. */
function isJpegAt(tiff: Tiff, at: number): boolean {
  return at + 2 <= tiff.view.byteLength && tiff.view.getUint16(at) === 0xffd8;
}

function putNumber(tiff: Tiff, entry: Entry | undefined, value: number): void {
  if (entry === undefined || entry.count !== 1) return;
  if (entry.type === TYPE.long || (entry.type === TYPE.short && value > 0xffff)) {
    tiff.view.setUint16(entry.at + 2, TYPE.long, tiff.littleEndian);
    tiff.view.setUint32(entry.valueAt, value, tiff.littleEndian);
  } else if (entry.type === TYPE.short) {
    tiff.view.setUint16(entry.valueAt, value, tiff.littleEndian);
  }
}

export const NO_TAGS: Probe['tags'] = { capturedAt: null, camera: null, lens: null, iso: null };

/** What names and lists show of a photo. Damaged EXIF gives what could be read. */
export function readTags(exif: Uint8Array): Probe['tags'] {
  let parsed: exifReader.Exif;
  try {
    parsed = exifReader(Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength));
  } catch {
    return NO_TAGS;
  }
  const { Image: image, Photo: photo } = parsed;
  const iso = photo?.ISOSpeedRatings ?? photo?.PhotographicSensitivity;
  const isoNumber = Array.isArray(iso) ? iso[0] : iso;
  return {
    capturedAt: dateText(photo?.DateTimeOriginal ?? photo?.DateTimeDigitized ?? image?.DateTime),
    camera: cameraName(image?.Make, image?.Model),
    lens: text(photo?.LensModel),
    iso: typeof isoNumber === 'number' && isoNumber > 0 ? isoNumber : null,
  };
}

/** `Canon` and `Canon EOS 5D` make `Canon EOS 5D`. */
export function cameraName(make: unknown, model: unknown): string | null {
  const [maker, name] = [text(make), text(model)];
  if (maker === null || name === null) return name ?? maker;
  return name.toLowerCase().startsWith((maker.split(' ')[0] ?? maker).toLowerCase()) ? name : `${maker} ${name}`;
}

/** The camera's own clock, without a zone: `2021-05-04T13:20:11`. */
function dateText(date: unknown): string | null {
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString().slice(0, 19) : null;
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: cameras pad their names with NULs.
  const cleaned = value.replace(/[\u0000-\u001f]+/g, ' ').trim();
  return cleaned === '' ? null : cleaned.slice(0, 200);
}
