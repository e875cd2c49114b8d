/** Owns adding metadata to a finished TIFF file. Knows nothing of pixels: they stay where they are. */
import { BIG, CLASSIC, type Entry, openTiff, readDirectory, TAG, type Tiff, TYPE } from './tiff.ts';

export interface TiffBlocks {
  readonly icc: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  /** Bare IIM records, without Photoshop's wrapping. */
  readonly iptc: Uint8Array | null;
}

/**
 * The bytes to write after a finished TIFF so that its first directory has these blocks, and its new header.
 * The pixels stay where they are: a longer directory is added at the end and the header points at it.
 * Exact and without exiftool; libvips can't attach a profile to raw pixels. Null where a classic TIFF would pass 4 GiB.
 */
export function addTiffBlocks(
  file: Uint8Array,
  blocks: TiffBlocks,
): { readonly header: Uint8Array; readonly tail: Uint8Array } | null {
  const tiff = openTiff(file);
  const directory = tiff === null ? null : readDirectory(tiff, tiff.firstDirectory);
  if (tiff === null || directory === null) return null;
  const added = wantedBlocks(blocks);
  const kept = [...directory.entries.values()].filter((entry) => !added.some((one) => one.tag === entry.tag));
  const sizes = tiff.big ? BIG : CLASSIC;
  const tailAt = file.length + (file.length % 2);
  const directoryAt = tailAt + added.reduce((sum, one) => sum + even(one.block.length), 0);
  const end = directoryAt + sizes.count + sizes.entry * (kept.length + added.length) + sizes.offset;
  if (!tiff.big && end > 0xffff_ffff) return null;

  const tail = new Uint8Array(end - file.length);
  const entries: { tag: number; bytes: Uint8Array }[] = kept.map(({ tag, at }) => ({
    tag,
    bytes: file.subarray(at, at + sizes.entry),
  }));
  let blockAt = tailAt;
  for (const { tag, type, block } of added) {
    tail.set(block, blockAt - file.length);
    entries.push({ tag, bytes: newEntry(tiff, { tag, type, count: block.length, valueAt: blockAt }) });
    blockAt += even(block.length);
  }
  entries.sort((a, b) => a.tag - b.tag);
  const out = new DataView(tail.buffer);
  let at = directoryAt - file.length;
  if (tiff.big) out.setBigUint64(at, BigInt(entries.length), tiff.littleEndian);
  else out.setUint16(at, entries.length, tiff.littleEndian);
  at += sizes.count;
  for (const entry of entries) {
    tail.set(entry.bytes, at);
    at += sizes.entry;
  }
  putOffset(tiff, out, at, directory.next);

  // Not slice(): of a Buffer that is a view.
  const header = new Uint8Array(file.subarray(0, tiff.big ? 16 : 8));
  putOffset(tiff, new DataView(header.buffer), tiff.big ? 8 : 4, directoryAt);
  return { header, tail };
}

interface WantedBlock {
  readonly tag: number;
  readonly type: number;
  readonly block: Uint8Array;
}

function wantedBlocks({ xmp, iptc, icc }: TiffBlocks): readonly WantedBlock[] {
  const wanted = (tag: number, type: number, block: Uint8Array | null): readonly WantedBlock[] =>
    // Shorter ones would have to stand inside the entry, and no such block says anything.
    block === null || block.length <= 8 ? [] : [{ tag, type, block }];
  return [
    ...wanted(TAG.xmp, TYPE.byte, xmp),
    ...wanted(TAG.iptc, TYPE.undefined, iptc),
    ...wanted(TAG.icc, TYPE.undefined, icc),
  ];
}

function newEntry(
  tiff: Tiff,
  { tag, type, count, valueAt }: Pick<Entry, 'tag' | 'type' | 'count' | 'valueAt'>,
): Uint8Array {
  const sizes = tiff.big ? BIG : CLASSIC;
  const bytes = new Uint8Array(sizes.entry);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag, tiff.littleEndian);
  view.setUint16(2, type, tiff.littleEndian);
  putOffset(tiff, view, 4, count);
  putOffset(tiff, view, 4 + sizes.offset, valueAt);
  return bytes;
}

function putOffset(tiff: Tiff, view: DataView, at: number, value: number): void {
  if (tiff.big) view.setBigUint64(at, BigInt(value), tiff.littleEndian);
  else view.setUint32(at, value, tiff.littleEndian);
}

function even(length: number): number {
  return length + (length % 2);
}
