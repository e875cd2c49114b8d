/** Owns the chunks of a PNG file (W3C PNG, third edition): walking them and adding metadata. Knows nothing of pixels. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
const IHDR_END = SIGNATURE_BYTES + 25;
const XMP_KEYWORD = Buffer.from('XML:com.adobe.xmp', 'latin1');

export interface PngBlocks {
  readonly exif: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  readonly icc: Uint8Array | null;
  readonly density: number | null;
}

interface Chunk {
  readonly type: string;
  /** Where its length stands. */
  readonly at: number;
  /** Behind its checksum; may lie outside the bytes. */
  readonly to: number;
}

function* chunksOf(bytes: Uint8Array, from: number): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 12 <= bytes.length; ) {
    const to = at + 12 + view.getUint32(at);
    yield { type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), at, to };
    at = to;
  }
}

/** True when the chunks run to IEND inside the bytes. */
export function pngIsComplete(file: Uint8Array): boolean {
  for (const { type, to } of chunksOf(file, SIGNATURE_BYTES)) if (type === 'IEND') return to <= file.length;
  return false;
}

/** Which blocks stand before the pixels, whether they can be read or not. */
export function pngBlocksOf(file: Uint8Array): { readonly icc: boolean; readonly xmp: boolean } {
  let [icc, xmp] = [false, false];
  for (const { type, at } of chunksOf(file, SIGNATURE_BYTES)) {
    if (type === 'IDAT') break;
    if (type === 'iCCP') icc = true;
    const isText = type === 'iTXt' && at + 8 + XMP_KEYWORD.length <= file.length;
    if (isText && XMP_KEYWORD.every((byte, index) => file[at + 8 + index] === byte)) xmp = true;
  }
  return { icc, xmp };
}

/** The pieces of the file with the blocks after its header, in order; the pixels are not copied. */
export function addPngBlocks(file: Uint8Array, blocks: PngBlocks): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [file.subarray(0, IHDR_END)];
  // Its own name for every profile: readers show the one inside the profile.
  if (blocks.icc !== null) pieces.push(...chunk('iCCP', [latin1('ICC profile\0\0'), deflateSync(blocks.icc)]));
  if (blocks.density !== null) pieces.push(...chunk('pHYs', [physical(blocks.density)]));
  if (blocks.exif !== null) pieces.push(...chunk('eXIf', [blocks.exif]));
  if (blocks.xmp !== null) pieces.push(...chunk('iTXt', [XMP_KEYWORD, new Uint8Array(5), blocks.xmp]));
  // libvips writes a pHYs of its own, always, of 72 dpi that nobody said.
  pieces.push(...withoutChunk(file.subarray(IHDR_END), 'pHYs'));
  return pieces;
}

function withoutChunk(chunks: Uint8Array, name: string): readonly Uint8Array[] {
  for (const { type, at, to } of chunksOf(chunks, 0)) {
    if (type === 'IDAT') break;
    if (type === name) return [chunks.subarray(0, at), chunks.subarray(to)];
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
