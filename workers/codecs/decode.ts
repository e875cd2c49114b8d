/**
 * Owns the way from a file's bytes to an upright raster with what has to travel along.
 * Knows nothing of files on disk or of what happens to the pixels next.
 */
import { extname } from 'node:path';
import type { Notice, SourceKind } from '../../preload/contract.ts';
import { notice } from '../../preload/faults.ts';
import type { Raster } from '../raster.ts';
import { stopIfCancelled } from './cancel.ts';
import { isPadding, mendJpeg } from './containers/jpeg.ts';
import { faultOfDecoder, quirkOf } from './decoder-fault.ts';
import { sourceKindOf } from './formats.ts';
import { type Header, type Layout, layoutOf, readHeader } from './header.ts';
import { packGrey } from './samples.ts';
import { sharp } from './sharp.ts';
import type { SourceBytes } from './source.ts';
import { whatTravels } from './travels.ts';
import type { Decoded } from './types.ts';

export interface DecodeOptions {
  /** Pixels of one frame beyond which the file is refused from its header. */
  readonly pixelLimit: number;
}

/** Faults: E_NOT_IMAGE, E_UNSUPPORTED_CODEC, _RAW, _LAYOUT, E_BOMB, E_TRUNCATED, E_CORRUPT, E_CANCELLED. */
export async function decode(signal: AbortSignal, source: SourceBytes, options: DecodeOptions): Promise<Decoded> {
  stopIfCancelled(signal);
  const { bytes } = source;
  const kind = sourceKindOf(bytes, extname(source.path));
  const header = await readHeader(bytes, kind, options.pixelLimit);
  const layout = layoutOf(header);
  stopIfCancelled(signal);
  const pixels = await readPixels(signal, bytes, kind, header, layout, options.pixelLimit);
  stopIfCancelled(signal);
  const { metadata, notices } = whatTravels(kind, bytes, header, layout, pixels.raster);
  return { raster: pixels.raster, kind, metadata, notices: [...pixels.notices, ...notices] };
}

interface Pixels {
  readonly raster: Raster;
  readonly notices: readonly Notice[];
}

type FailOn = 'warning' | 'error' | 'truncated';

/**
 * Strictly first. A harmless quirk gets a second try that still can't hide damage: JPEGs are mended and decoded
 * strictly again, TIFF, PNG and GIF step down only to levels where unreadable pixels remain errors.
 * libvips' `none` is never used: it fills what is missing with grey and says nothing.
 */
async function readPixels(
  signal: AbortSignal,
  bytes: Buffer,
  kind: SourceKind,
  header: Header,
  layout: Layout,
  pixelLimit: number,
): Promise<Pixels> {
  const read = (input: Buffer, failOn: FailOn) => readRaster(input, failOn, kind, header, layout, pixelLimit);
  try {
    return { raster: await read(bytes, 'warning'), notices: [] };
  } catch (strict) {
    const quirk = quirkOf(kind, strict);
    if (quirk === null || (kind === 'jpeg' && !isPadding(bytes, quirk.padding)))
      throw faultOfDecoder(kind, strict, bytes);
    const notices = [notice('N_DECODE_WARNING', { why: quirk.why })];
    stopIfCancelled(signal);
    if (kind === 'jpeg') return { raster: await readMended(bytes, quirk.padding, read), notices };
    try {
      return { raster: await read(bytes, 'error'), notices };
    } catch (error) {
      if (kind !== 'tiff' || quirkOf(kind, error) === null) throw faultOfDecoder(kind, error, bytes);
    }
    try {
      return { raster: await read(bytes, 'truncated'), notices };
    } catch (error) {
      throw faultOfDecoder(kind, error, bytes);
    }
  }
}

async function readMended(
  bytes: Buffer,
  padding: number,
  read: (input: Buffer, failOn: FailOn) => Promise<Raster>,
): Promise<Raster> {
  const mended = mendJpeg(bytes, padding);
  try {
    return await read(Buffer.from(mended.buffer, mended.byteOffset, mended.byteLength), 'warning');
  } catch (error) {
    // Odd progressions are the one warning that can't be mended; libjpeg decodes them whole.
    if (/Inconsistent progression/i.test(String(error))) return read(bytes, 'error');
    throw faultOfDecoder('jpeg', error, bytes);
  }
}

async function readRaster(
  input: Buffer,
  failOn: FailOn,
  kind: SourceKind,
  { metadata }: Header,
  layout: Layout,
  pixelLimit: number,
): Promise<Raster> {
  const { data, info } = await sharp(input, {
    failOn,
    limitInputPixels: pixelLimit,
    // The profile travels with the pixels; only colours that no raster holds go through it.
    ignoreIcc: layout.convertedFrom === null,
    autoOrient: true,
    // An AVIF's main picture need not be its first.
    ...(kind === 'avif' && metadata.pagePrimary !== undefined ? { page: metadata.pagePrimary } : {}),
  })
    .toColourspace(layout.space)
    .raw({ depth: layout.depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = info.channels as Raster['channels'];
  const raster: Raster = {
    data: layout.depth === 16 ? asShorts(data) : data,
    width,
    height,
    channels,
    depth: layout.depth,
  };
  const packed = layout.channels === 2 && channels === 4 ? packGrey(raster) : raster;
  if (packed.channels !== layout.channels || packed.data.length !== width * height * packed.channels) {
    throw new Error(`${channels} channels where the header says ${layout.channels}`);
  }
  return packed;
}

/** A view on the same bytes; copied only where they do not stand on an even address. */
function asShorts(data: Buffer): Uint16Array {
  const { buffer, byteOffset, byteLength } = data.byteOffset % 2 === 0 ? data : Buffer.from(data);
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}
