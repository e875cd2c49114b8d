/**
 * Owns the segments of a JPEG file (ITU-T T.81 annex B): walking them, adding metadata, and mending harmless faults.
 * Knows nothing of pixels: what follows a scan's header is copied as it is.
 */

export interface Segment {
  /** The marker's second byte: 0xe1 is APP1. */
  readonly marker: number;
  /** Where the 0xff of the marker is. */
  readonly at: number;
  /** The payload, without marker and length. */
  readonly from: number;
  readonly to: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;

/** The segments from SOI up to and with the first scan header; stops where the bytes stop making sense. */
export function headerSegments(file: Uint8Array): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= file.length) {
    // Fill bytes and stray bytes between segments are allowed for: libjpeg skips them too.
    if (file[at] !== 0xff || file[at + 1] === 0xff || file[at + 1] === 0) {
      at += 1;
      continue;
    }
    const marker = file[at + 1] ?? 0;
    if (marker === EOI) break;
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
    if (length < 2 || at + 2 + length > file.length) break;
    segments.push({ marker, at, from: at + 4, to: at + 2 + length });
    if (marker === SOS) break;
    at += 2 + length;
  }
  return segments;
}

/** True where the payload begins with these ASCII characters. */
export function startsWith(file: Uint8Array, segment: Segment, text: string): boolean {
  if (segment.to - segment.from < text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (file[segment.from + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

export interface JpegBlocks {
  readonly exif: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  /** Payloads of XMP extension segments, with their names. */
  readonly xmpExtension: readonly Uint8Array[];
  /** Photoshop's image resources, beginning `8BIM`. */
  readonly iptc: Uint8Array | null;
  readonly icc: Uint8Array | null;
  readonly density: number | null;
}

const MAX_PAYLOAD = 65_533;
const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
export const XMP_EXTENSION = 'http://ns.adobe.com/xmp/extension/\0';
const PHOTOSHOP = 'Photoshop 3.0\0';
const ICC = 'ICC_PROFILE\0';

/** Blocks that one segment can't hold; ICC may take many. */
export function tooLongForJpeg(blocks: JpegBlocks): readonly string[] {
  const lost: string[] = [];
  if ((blocks.exif?.length ?? 0) + EXIF.length > MAX_PAYLOAD) lost.push('EXIF');
  if ((blocks.xmp?.length ?? 0) + XMP.length > MAX_PAYLOAD) lost.push('XMP');
  if ((blocks.iptc?.length ?? 0) + PHOTOSHOP.length > MAX_PAYLOAD) lost.push('IPTC');
  return lost;
}

/**
 * The pieces of the file with the blocks before its tables, in order; the long rest is not copied.
 * With a JFIF header of our own: libvips writes none when it has no metadata to write.
 */
export function addJpegBlocks(file: Uint8Array, blocks: JpegBlocks): readonly Uint8Array[] {
  const first = headerSegments(file)[0];
  const hasJfif = first !== undefined && first.marker === APP0 && startsWith(file, first, 'JFIF\0');
  const tooLong = tooLongForJpeg(blocks);
  const pieces: Uint8Array[] = [Uint8Array.of(0xff, SOI), ...jfif(blocks.density)];
  if (blocks.exif !== null && !tooLong.includes('EXIF')) pieces.push(...segment(0xe1, EXIF, blocks.exif));
  if (blocks.xmp !== null && !tooLong.includes('XMP')) pieces.push(...segment(0xe1, XMP, blocks.xmp));
  // They find their packet by its fingerprint, so they go along as they are.
  for (const one of blocks.xmpExtension) pieces.push(...segment(0xe1, '', one));
  if (blocks.iptc !== null && !tooLong.includes('IPTC')) pieces.push(...segment(0xed, PHOTOSHOP, blocks.iptc));
  if (blocks.icc !== null) pieces.push(...iccSegments(blocks.icc));
  pieces.push(file.subarray(hasJfif ? first.to : 2));
  return pieces;
}

/** Version 1.02, without a thumbnail; density an inch, or square pixels where nothing is known. */
function jfif(density: number | null): Uint8Array[] {
  const value = density === null ? 1 : Math.min(65_535, Math.max(1, Math.round(density)));
  const units = density === null ? 0 : 1;
  return segment(APP0, 'JFIF\0', Uint8Array.of(1, 2, units, value >> 8, value & 255, value >> 8, value & 255, 0, 0));
}

function segment(marker: number, name: string, payload: Uint8Array): Uint8Array[] {
  const head = new Uint8Array(4 + name.length);
  const length = 2 + name.length + payload.length;
  head.set([0xff, marker, length >> 8, length & 0xff]);
  for (let index = 0; index < name.length; index += 1) head[4 + index] = name.charCodeAt(index);
  return [head, payload];
}

/** ICC.1 annex B.4: pieces numbered from 1, each with the count. 255 pieces hold 16 MB; blocks are capped far below. */
function iccSegments(icc: Uint8Array): Uint8Array[] {
  const room = MAX_PAYLOAD - ICC.length - 2;
  const count = Math.ceil(icc.length / room);
  const pieces: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = ICC + String.fromCharCode(index + 1, count);
    pieces.push(...segment(0xe2, name, icc.subarray(index * room, (index + 1) * room)));
  }
  return pieces;
}

/**
 * A copy with what cameras and old programs get wrong, and libjpeg only warns of, put right: stray bytes between
 * segments, an unknown JFIF version or Adobe transform, a baseline scan header with odd numbers, and `padding` bytes
 * before the end marker. The copy is decoded strictly again, so that no second, real fault hides behind the first:
 * a lower failOn would swallow them all.
 */
export function mendJpeg(file: Uint8Array, padding: number): Uint8Array {
  const segments = headerSegments(file);
  const scan = segments.at(-1);
  if (scan === undefined || scan.marker !== SOS) return file;
  const frame = segments.find((one) => isFrame(one.marker));
  const components = frame === undefined ? 0 : (file[frame.from + 5] ?? 0);
  const mend = (one: Segment) => mendSegment(file, one, frame?.marker ?? 0, components);
  const pieces: Uint8Array[] = [Uint8Array.of(0xff, SOI), ...segments.map(mend)];
  const end = firstEoi(file);
  if (padding > 0 && end > scan.to + padding) {
    pieces.push(file.subarray(scan.to, end - padding), file.subarray(end));
  } else {
    pieces.push(file.subarray(scan.to));
  }
  return Buffer.concat(pieces);
}

function mendSegment(file: Uint8Array, one: Segment, frame: number, components: number): Uint8Array {
  // Not slice(): of a Buffer that is a view.
  const copy = new Uint8Array(file.subarray(one.at, one.to));
  if (one.marker === APP0 && startsWith(file, one, 'JFIF\0')) copy.set([1, 2], 4 + 5);
  if (one.marker === APP14 && startsWith(file, one, 'Adobe') && (copy[4 + 11] ?? 0) > 2) {
    // What libjpeg takes an unknown transform for.
    copy[4 + 11] = components === 4 ? 2 : 1;
  }
  if (one.marker === SOS && (frame === 0xc0 || frame === 0xc1)) copy.set([0, 63, 0], copy.length - 3);
  return copy;
}

/** Webcams and phones leave a few bytes before the end marker; a decoder that lost its way leaves thousands. */
const STRAY_BYTES = 64;

/** True where the `count` bytes before the end marker are padding and no picture. */
export function isPadding(file: Uint8Array, count: number): boolean {
  const end = firstEoi(file);
  if (count <= STRAY_BYTES) return true;
  const first = file[end - count];
  return end > count && file.subarray(end - count, end).every((byte) => byte === first);
}

/** Where the end marker of the first picture's scan data is: later pictures (MPO, gain maps) follow it. */
export function firstEoi(file: Uint8Array): number {
  const scan = headerSegments(file).at(-1);
  let at = scan?.to ?? 2;
  while (at >= 0 && at + 1 < file.length) {
    at = file.indexOf(0xff, at);
    if (at < 0) break;
    const marker = file[at + 1] ?? 0;
    if (marker === EOI) return at;
    if (marker !== 0 && marker !== 0xff && !isAlone(marker)) {
      at += 2 + (((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0));
    } else at += marker === 0xff ? 1 : 2;
  }
  return -1;
}

/** Markers without a length: TEM, RST0–7, SOI. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
