/** Owns the chunks of a WebP file (RFC 9649): adding metadata around the picture. Knows nothing of pixels. */

export interface WebpBlocks {
  readonly exif: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  readonly icc: Uint8Array | null;
}

const HAS_ICC = 0x20;
const HAS_ALPHA = 0x10;
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

export interface WebpShape {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  readonly hasAlpha: boolean;
}

/** True when the RIFF size fits the bytes. */
export function webpIsComplete(file: Uint8Array): boolean {
  if (file.length < 12) return false;
  const riffBytes = new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(4, true);
  return 8 + riffBytes <= file.length;
}

/** True where a chunk of this name is in the file. */
export function webpHasChunk(file: Uint8Array, name: string): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 12; at + 8 <= file.length; ) {
    if (view.getUint32(at) === fourCc(name)) return true;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return false;
}

/** The pieces of the file with the blocks, in order; the picture's own chunks are not copied. */
export function addWebpBlocks(file: Uint8Array, blocks: WebpBlocks, shape: WebpShape): readonly Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isExtended = view.getUint32(12) === fourCc('VP8X');
  const picture = file.subarray(isExtended ? 30 : 12, 8 + view.getUint32(4, true));

  const extended = new Uint8Array(10);
  const flags =
    (blocks.icc ? HAS_ICC : 0) |
    (shape.hasAlpha ? HAS_ALPHA : 0) |
    (blocks.exif ? HAS_EXIF : 0) |
    (blocks.xmp ? HAS_XMP : 0);
  extended[0] = flags;
  putUint24(extended, 4, shape.width - 1);
  putUint24(extended, 7, shape.height - 1);

  const chunks = [
    ...chunk('VP8X', extended),
    ...(blocks.icc ? chunk('ICCP', blocks.icc) : []),
    picture,
    ...(blocks.exif ? chunk('EXIF', blocks.exif) : []),
    ...(blocks.xmp ? chunk('XMP ', blocks.xmp) : []),
  ];
  const head = new Uint8Array(12);
  const headView = new DataView(head.buffer);
  headView.setUint32(0, fourCc('RIFF'));
  headView.setUint32(4, 4 + chunks.reduce((sum, piece) => sum + piece.length, 0), true);
  headView.setUint32(8, fourCc('WEBP'));
  return [head, ...chunks];
}

function chunk(name: string, payload: Uint8Array): Uint8Array[] {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint32(0, fourCc(name));
  view.setUint32(4, payload.length, true);
  return payload.length % 2 === 0 ? [head, payload] : [head, payload, new Uint8Array(1)];
}

function fourCc(name: string): number {
  return Buffer.from(name, 'latin1').readUInt32BE(0);
}

function putUint24(bytes: Uint8Array, at: number, value: number): void {
  bytes.set([value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff], at);
}
