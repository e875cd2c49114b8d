/**
 * Owns what libvips' words mean for a photographer: which faults lose pixels, and which are quirks to be lived with.
 * The one place that reads error messages; found by running the corpora, held by the tests there.
 */
import type { SourceKind } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import { firstEoi } from './containers/jpeg.ts';
import { pngIsComplete } from './containers/png.ts';
import { openTiff, tiffIsWhole } from './containers/tiff.ts';
import { webpIsComplete } from './containers/webp.ts';

/** No decoder for this kind of pixels: the file is sound. */
const UNSUPPORTED =
  /precision 1[26]|not configured|not been built|compression scheme|unsupported (color|tiff|sample|layout)|not supported/i;
/** "Premature end of data segment" is no early end: the next segment is there, so bytes were lost in between. */
const CUT =
  /premature end of JPEG|unexpected end of (GIF|input|file)|end of (file|stream)|truncat|read beyond|not enough data/i;

/** What a decoder's error means. `bytes`: the file where it is at hand, to tell a cut file from a damaged one. */
export function faultOfDecoder(kind: SourceKind, error: unknown, bytes: Buffer | null): Fault {
  const message = messageOf(error);
  const why = shortReason(message);
  if (UNSUPPORTED.test(message)) return new Fault('E_UNSUPPORTED_LAYOUT', { why }, error);
  const isCut = CUT.test(message) || (bytes !== null && endsEarly(kind, bytes));
  return isCut ? new Fault('E_TRUNCATED', {}, error) : new Fault('E_CORRUPT', { why }, error);
}

/** Asked only after a decoder failed: true where the file's own structure runs past its end. */
function endsEarly(kind: SourceKind, bytes: Buffer): boolean {
  switch (kind) {
    case 'png':
      return !pngIsComplete(bytes);
    case 'webp':
      return !webpIsComplete(bytes);
    case 'tiff': {
      const tiff = openTiff(bytes);
      return tiff === null || !tiffIsWhole(tiff);
    }
    case 'avif':
      return !boxesAreInside(bytes);
    case 'jpeg':
      return firstEoi(bytes) < 0;
    case 'gif':
      // The trailer byte; zeros behind it are old programs' padding.
      return bytes.findLast((byte) => byte !== 0) !== 0x3b;
  }
}

/** Top-level boxes of the ISO file format: each says its length. */
export function boxesAreInside(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.length) {
    let length = view.getUint32(at);
    if (length === 1 && at + 16 <= bytes.length) length = Number(view.getBigUint64(at + 8));
    // 0: up to the end of the file.
    if (length === 0) return true;
    if (length < 8) return false;
    at += length;
  }
  return at === bytes.length;
}

export interface Quirk {
  /** For the notice. */
  readonly why: string;
  /** JPEG: stray bytes before the end marker, to be cut before the strict second try; 0 where it is something else. */
  readonly padding: number;
}

/**
 * What cameras and old programs cause without losing a pixel.
 * JPEG: libjpeg's warnings (jerror.h, JWRN_*) other than bad codes, early ends and lost restarts.
 * PNG: warnings, which are about ancillary chunks; a bad IDAT is an error. TIFF: warnings and errors about tags; strips
 * that can't be read stay errors at every level that is tried. GIF: a later frame; the first is checked when decoded.
 */
const QUIRKS: Readonly<Record<SourceKind, RegExp | null>> = {
  jpeg: /extraneous bytes before marker|Unknown Adobe|Inconsistent progression|unknown JFIF|Invalid SOS|bad ICC/i,
  png: /Warning treated as error/i,
  tiff: /Warning treated as error|tag|directory|field/i,
  gif: /Invalid frame data/i,
  webp: null,
  avif: null,
};
/** Among warnings about tags there may be one that no pixel was read, or not rightly: then grey would come out. */
const NO_QUIRK =
  /line length mismatch|premature EOL|bad code|uncompressed data|(at|of) (strip|tile|row|scanline)|before marker 0xd[0-7]/i;

/** A quirk where the message is one that can be lived with, else null. */
export function quirkOf(kind: SourceKind, error: unknown): Quirk | null {
  const message = messageOf(error);
  const pattern = QUIRKS[kind];
  if (pattern === null || !pattern.test(message) || UNSUPPORTED.test(message) || NO_QUIRK.test(message)) return null;
  const stray = /(\d+) extraneous bytes before marker 0xd9/i.exec(message);
  return { why: shortReason(message), padding: Number(stray?.[1] ?? 0) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first line that says something, without the names of libvips' operations. */
function shortReason(message: string): string {
  const lines = message
    .split('\n')
    .filter((line) => !line.startsWith('Warning treated as error'))
    .map((line) =>
      line
        .replace(/^Input (file|buffer) (has corrupt header|contains unsupported image format):?\s*/i, '')
        .replace(/^(VipsJpeg|vipspng|tiff2vips|gifload_buffer|webp2vips|webp|heif|source|\w+load\w*):\s*/i, '')
        .trim(),
    );
  return (lines.find((line) => line !== '') ?? 'header').slice(0, 160);
}
