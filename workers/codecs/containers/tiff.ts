/**
 * Owns the TIFF structure (TIFF 6.0, BigTIFF): reading its directories, and adding blocks to a finished file.
 * EXIF is the same structure, so exif.ts reads through this too. Knows nothing of pixels.
 * Nothing here throws on damaged bytes: what lies outside is null.
 */

export interface Tiff {
  readonly view: DataView;
  readonly littleEndian: boolean;
  /** BigTIFF: 8-byte offsets. */
  readonly big: boolean;
  readonly firstDirectory: number;
}

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the entry's own bytes are. */
  readonly at: number;
  /** Where its value is, inside the entry or elsewhere; may lie outside the bytes. */
  readonly valueAt: number;
  readonly valueBytes: number;
}

export interface Directory {
  readonly entries: ReadonlyMap<number, Entry>;
  /** Where the offset of the next directory stands. */
  readonly nextAt: number;
  readonly next: number;
}

export const TAG = {
  newSubfileType: 0x00fe,
  imageWidth: 0x0100,
  imageHeight: 0x0101,
  compression: 0x0103,
  photometric: 0x0106,
  make: 0x010f,
  stripOffsets: 0x0111,
  orientation: 0x0112,
  stripByteCounts: 0x0117,
  xResolution: 0x011a,
  yResolution: 0x011b,
  resolutionUnit: 0x0128,
  tileOffsets: 0x0144,
  tileByteCounts: 0x0145,
  subDirectories: 0x014a,
  extraSamples: 0x0152,
  thumbnailOffset: 0x0201,
  thumbnailBytes: 0x0202,
  xmp: 0x02bc,
  iptc: 0x83bb,
  exif: 0x8769,
  icc: 0x8773,
  gps: 0x8825,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
  dngVersion: 0xc612,
} as const;

export const TYPE = { byte: 1, short: 3, long: 4, undefined: 7, long8: 16 } as const;
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

export function openTiff(bytes: Uint8Array): Tiff | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const littleEndian = order === 0x4949;
  const magic = view.getUint16(2, littleEndian);
  if (magic === 42) return { view, littleEndian, big: false, firstDirectory: view.getUint32(4, littleEndian) };
  if (magic !== 43 || bytes.length < 16) return null;
  return { view, littleEndian, big: true, firstDirectory: Number(view.getBigUint64(8, littleEndian)) };
}

/**
 * The directory at `at`, or null where it does not fit in the bytes.
 * `base`: the place in the file of the view's first byte, for a view that is a window on a directory.
 */
export function readDirectory(tiff: Tiff, at: number, base = 0): Directory | null {
  const { view, littleEndian, big } = tiff;
  const start = at - base;
  const [countBytes, entryBytes, inlineBytes] = big ? [8, 20, 8] : [2, 12, 4];
  if (start < 0 || start + countBytes > view.byteLength) return null;
  const count = big ? Number(view.getBigUint64(start, littleEndian)) : view.getUint16(start, littleEndian);
  const nextAt = start + countBytes + count * entryBytes;
  // 4,096 is far beyond any real directory; a header that lies with a million entries ends here.
  if (count > 4096 || nextAt > view.byteLength) return null;
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index += 1) {
    const entryAt = start + countBytes + index * entryBytes;
    const tag = view.getUint16(entryAt, littleEndian);
    const type = view.getUint16(entryAt + 2, littleEndian);
    const values = big
      ? Number(view.getBigUint64(entryAt + 4, littleEndian))
      : view.getUint32(entryAt + 4, littleEndian);
    const valueBytes = (TYPE_BYTES[type] ?? 0) * values;
    const inlineAt = entryAt + entryBytes - inlineBytes;
    const valueAt = valueBytes <= inlineBytes ? inlineAt : readOffset(tiff, inlineAt) - base;
    entries.set(tag, { tag, type, count: values, at: entryAt, valueAt, valueBytes });
  }
  const hasNext = nextAt + inlineBytes <= view.byteLength;
  return { entries, nextAt, next: hasNext ? readOffset(tiff, nextAt) : 0 };
}

/** The whole-number values of an entry; null where they lie outside or are no whole numbers. */
export function readNumbers(tiff: Tiff, entry: Entry | undefined): readonly number[] | null {
  if (entry === undefined || entry.valueAt < 0 || entry.valueAt + entry.valueBytes > tiff.view.byteLength) return null;
  const numbers: number[] = [];
  const step = TYPE_BYTES[entry.type] ?? 0;
  for (let index = 0; index < entry.count; index += 1) {
    const at = entry.valueAt + index * step;
    if (entry.type === TYPE.byte) numbers.push(tiff.view.getUint8(at));
    else if (entry.type === TYPE.short) numbers.push(tiff.view.getUint16(at, tiff.littleEndian));
    else if (entry.type === TYPE.long) numbers.push(tiff.view.getUint32(at, tiff.littleEndian));
    else if (entry.type === TYPE.long8) numbers.push(Number(tiff.view.getBigUint64(at, tiff.littleEndian)));
    else return null;
  }
  return numbers;
}

export function readNumber(tiff: Tiff, entry: Entry | undefined): number | null {
  return readNumbers(tiff, entry)?.[0] ?? null;
}

function readOffset(tiff: Tiff, at: number): number {
  return tiff.big ? Number(tiff.view.getBigUint64(at, tiff.littleEndian)) : tiff.view.getUint32(at, tiff.littleEndian);
}

/** True when the first directory, its values and every strip or tile of its picture lie inside the bytes. */
export function tiffIsWhole(tiff: Tiff): boolean {
  const directory = readDirectory(tiff, tiff.firstDirectory);
  const fileBytes = tiff.view.byteLength;
  if (directory === null || directory.nextAt + (tiff.big ? 8 : 4) > fileBytes) return false;
  const { entries } = directory;
  for (const entry of entries.values()) if (entry.valueAt + entry.valueBytes > fileBytes) return false;
  const offsets = readNumbers(tiff, entries.get(TAG.stripOffsets) ?? entries.get(TAG.tileOffsets));
  const counts = readNumbers(tiff, entries.get(TAG.stripByteCounts) ?? entries.get(TAG.tileByteCounts));
  if (offsets === null) return false;
  return offsets.every((offset, index) => offset + (counts?.[index] ?? 0) <= fileBytes);
}

export interface TiffBlocks {
  readonly icc: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  /** Bare IIM records, without Photoshop's wrapping. */
  readonly iptc: Uint8Array | null;
}

/**
 * The bytes to write after a finished classic TIFF so that its first directory has these blocks, and the new header.
 * The pixels stay where they are: a longer directory is added at the end and the header points at it.
 * Exact and without exiftool; libvips can't attach a profile to raw pixels. Null for BigTIFF or a file near 4 GiB.
 */
export function addTiffBlocks(
  file: Uint8Array,
  blocks: TiffBlocks,
): { readonly header: Uint8Array; readonly tail: Uint8Array } | null {
  const tiff = openTiff(file);
  if (tiff === null || tiff.big) return null;
  const directory = readDirectory(tiff, tiff.firstDirectory);
  if (directory === null) return null;
  const added = [
    { tag: TAG.xmp, type: TYPE.byte, block: blocks.xmp },
    { tag: TAG.iptc, type: TYPE.undefined, block: blocks.iptc },
    { tag: TAG.icc, type: TYPE.undefined, block: blocks.icc },
  ].filter((one) => one.block !== null && one.block.length > 4);

  const kept = [...directory.entries.values()].filter((entry) => !added.some((one) => one.tag === entry.tag));
  const tailAt = file.length + (file.length % 2);
  const blockBytes = added.reduce((sum, one) => sum + even(one.block?.length ?? 0), 0);
  const directoryAt = tailAt + blockBytes;
  const directoryBytes = 2 + 12 * (kept.length + added.length) + 4;
  if (directoryAt + directoryBytes > 0xffff_ffff) return null;

  const tail = new Uint8Array(directoryAt + directoryBytes - file.length);
  const out = new DataView(tail.buffer);
  const entries = kept.map((entry) => ({ tag: entry.tag, bytes: file.slice(entry.at, entry.at + 12) }));
  let blockAt = tailAt;
  for (const { tag, type, block } of added) {
    if (block === null) continue;
    tail.set(block, blockAt - file.length);
    const bytes = new Uint8Array(12);
    const entry = new DataView(bytes.buffer);
    entry.setUint16(0, tag, tiff.littleEndian);
    entry.setUint16(2, type, tiff.littleEndian);
    entry.setUint32(4, block.length, tiff.littleEndian);
    entry.setUint32(8, blockAt, tiff.littleEndian);
    entries.push({ tag, bytes });
    blockAt += even(block.length);
  }
  entries.sort((a, b) => a.tag - b.tag);
  let at = directoryAt - file.length;
  out.setUint16(at, entries.length, tiff.littleEndian);
  at += 2;
  for (const entry of entries) {
    tail.set(entry.bytes, at);
    at += 12;
  }
  out.setUint32(at, directory.next, tiff.littleEndian);

  const header = file.slice(0, 8);
  new DataView(header.buffer).setUint32(4, directoryAt, tiff.littleEndian);
  return { header, tail };
}

function even(length: number): number {
  return length + (length % 2);
}
