/** Owns the chunks of a PNG file (W3C PNG, third edition): walking them and adding metadata. Knows nothing of pixels. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
const IHDR_END = SIGNATURE_BYTES + 25;

export interface PngBlocks {
  readonly exif: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  readonly icc: Uint8Array | null;
  readonly density: number | null;
}

/** True when the chunks run to IEND inside the bytes. */
export function pngIsComplete(file: Uint8Array): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = SIGNATURE_BYTES;
  while (at + 12 <= file.length) {
    const length = view.getUint32(at);
    const isEnd = view.getUint32(at + 4) === 0x49454e44;
    at += 12 + length;
    if (isEnd) return at <= file.length;
  }
  return false;
}

/** The pieces of the file with the blocks after its header, in order; the pixels are not copied. */
export function addPngBlocks(file: Uint8Array, blocks: PngBlocks): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [file.subarray(0, IHDR_END)];
  // Its own name for every profile: readers show the one inside the profile.
  if (blocks.icc !== null) pieces.push(...chunk('iCCP', [latin1('ICC profile\0\0'), deflateSync(blocks.icc)]));
  if (blocks.density !== null) pieces.push(...chunk('pHYs', [physical(blocks.density)]));
  if (blocks.exif !== null) pieces.push(...chunk('eXIf', [blocks.exif]));
  if (blocks.xmp !== null) pieces.push(...chunk('iTXt', [latin1('XML:com.adobe.xmp\0\0\0\0\0'), blocks.xmp]));
  // libvips writes a pHYs of its own, always: two would be one too many.
  pieces.push(...withoutChunk(file.subarray(IHDR_END), 'pHYs'));
  return pieces;
}

function withoutChunk(chunks: Uint8Array, name: string): readonly Uint8Array[] {
  const view = new DataView(chunks.buffer, chunks.byteOffset, chunks.byteLength);
  let at = 0;
  while (at + 12 <= chunks.length) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...chunks.subarray(at + 4, at + 8));
    if (type === 'IDAT') break;
    if (type === name) return [chunks.subarray(0, at), chunks.subarray(at + 12 + length)];
    at += 12 + length;
  }
  return [chunks];
}

function chunk(type: string, parts: readonly Uint8Array[]): Uint8Array[] {
  const name = latin1(type);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(
    0,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  head.set(name, 4);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(
    0,
    parts.reduce((sum, part) => crc32(part, sum), crc32(name)),
  );
  return [head, ...parts, tail];
}

/** Pixels a metre, both ways. */
function physical(density: number): Uint8Array {
  const bytes = new Uint8Array(9);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.round(density / 0.0254));
  view.setUint32(4, Math.round(density / 0.0254));
  view.setUint8(8, 1);
  return bytes;
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
