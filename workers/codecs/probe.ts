/**
 * Owns what is told of a file from its header alone: thousands a folder, so no pixel and no more bytes than needed.
 * Knows nothing of what is done with it.
 */
import { extname } from 'node:path';
import type { Notice, Probe, SourceKind } from '../../preload/contract.ts';
import { Fault, notice } from '../../preload/faults.ts';
import { stopIfCancelled } from './cancel.ts';
import { type Directory, openTiff, readDirectory, TAG } from './containers/tiff.ts';
import { bareExif, hasGps, NO_TAGS, readTags } from './exif.ts';
import { readTagsByTool } from './exiftool.ts';
import { extensionFits, HEAD_BYTES, refuseRaw, sourceKindOf } from './formats.ts';
import { layoutOf, readHeader } from './header.ts';
import { profileName } from './icc.ts';
import type { SharpMetadata } from './sharp.ts';
import { readAt, withOrdinaryFile } from './source.ts';

export interface ProbeOptions {
  readonly pixelLimit: number;
  /** Camera, lens, time: only where a name template asks for them. */
  readonly tags: boolean;
}

export interface ProbeResult {
  readonly probe: Probe;
  readonly notices: Notice[];
}

/** Faults: those of readSource() and all of decode() that a header can tell. */
export async function probe(signal: AbortSignal, path: string, options: ProbeOptions): Promise<ProbeResult> {
  stopIfCancelled(signal);
  const { kind, directory } = await identify(path);
  const header = await readHeader(path, kind, options.pixelLimit);
  layoutOf(header);
  const { metadata, width, height } = header;
  const exif = metadata.exif === undefined ? null : bareExif(metadata.exif);
  const inTiff = directory?.entries;
  const found: Probe = {
    kind,
    width,
    height,
    channels: Number(metadata.channels),
    depth: metadata.depth === 'ushort' || metadata.depth === 'short' ? 16 : 8,
    hasAlpha: metadata.hasAlpha,
    orientation: orientationOf(kind, metadata),
    frames: metadata.pages ?? 1,
    colourSpace: metadata.space,
    iccName: metadata.icc === undefined ? null : profileName(metadata.icc),
    hasExif: exif !== null || (inTiff?.has(TAG.exif) ?? false),
    hasXmp: metadata.xmp !== undefined,
    hasGps: (exif !== null && hasGps(exif)) || (inTiff?.has(TAG.gps) ?? false),
    tags: NO_TAGS,
  };
  const notices = extensionFits(kind, extname(path)) ? [] : [notice('N_EXTENSION', { kind: kind.toUpperCase() })];
  if (!options.tags) return { probe: found, notices };
  const tags = exif !== null ? readTags(exif) : found.hasExif && kind === 'tiff' ? await readTagsByTool(path) : NO_TAGS;
  return { probe: { ...found, tags }, notices };
}

/** Kind by contents, with a TIFF's first directory, wherever in the file it stands. */
async function identify(path: string): Promise<{ readonly kind: SourceKind; readonly directory: Directory | null }> {
  return withOrdinaryFile(path, async (file) => {
    const head = await readAt(file, 0, HEAD_BYTES);
    if (head.length === 0) throw new Fault('E_EMPTY');
    const kind = sourceKindOf(head, extname(path));
    const tiff = kind === 'tiff' ? openTiff(head) : null;
    if (tiff === null) return { kind, directory: null };
    const base = tiff.firstDirectory;
    const window = await readAt(file, base, HEAD_BYTES);
    refuseRaw(window, base, tiff, extname(path));
    const view = new DataView(window.buffer, window.byteOffset, window.byteLength);
    return { kind, directory: readDirectory({ ...tiff, view }, base, base) };
  });
}

function orientationOf(kind: SourceKind, { orientation }: SharpMetadata): number {
  // AVIF turns by its own boxes, which libheif has applied; EXIF's word is not asked (HEIF, 6.5.10).
  if (kind === 'avif') return 1;
  return orientation !== undefined && orientation >= 1 && orientation <= 8 ? orientation : 1;
}
