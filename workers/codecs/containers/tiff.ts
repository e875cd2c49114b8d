/**
 * Owns the TIFF structure (TIFF 6.0, BigTIFF): reading its directories.
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

/** Bytes of a directory's count, of an entry, of an offset. */
export const CLASSIC = { count: 2, entry: 12, offset: 4 } as const;
export const BIG = { count: 8, entry: 20, offset: 8 } as const;

/**
 * The directory at `at`, or null where it does not fit in the bytes.
 * `base`: the place in the file of the view's first byte, for a view that is a window on a directory.
 */
export function readDirectory(tiff: Tiff, at: number, base = 0): Directory | null {
  const { view, littleEndian, big } = tiff;
  const start = at - base;
  const { count: countBytes, entry: entryBytes, offset: inlineBytes } = big ? BIG : CLASSIC;
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
function readNumbers(tiff: Tiff, entry: Entry | undefined): readonly number[] | null {
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
