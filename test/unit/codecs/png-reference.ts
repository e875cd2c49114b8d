/** Owns a plain PNG decoder written from the specification: the reference the PngSuite is compared with. */
import { inflateSync } from 'node:zlib';
import { type Channels, type Depth, newSamples, type Raster } from '../../../workers/raster.ts';

interface Head {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Adam7: first column, first row, step right, step down. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function decodePng(file: Buffer): Raster {
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.set(type, [...(chunks.get(type) ?? []), file.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  const ihdr = chunks.get('IHDR')?.[0] as Buffer;
  const head: Head = {
    width: ihdr.readUInt32BE(0),
    height: ihdr.readUInt32BE(4),
    bits: ihdr[8] as number,
    colour: ihdr[9] as number,
    interlaced: ihdr[12] === 1,
  };
  const values = rawValues(head, inflateSync(Buffer.concat(chunks.get('IDAT') ?? [])));
  return expand(head, values, chunks.get('PLTE')?.[0] ?? null, chunks.get('tRNS')?.[0] ?? null);
}

function rawValues(head: Head, data: Buffer): Uint16Array {
  const samples = SAMPLES[head.colour] as number;
  const out = new Uint16Array(head.width * head.height * samples);
  let at = 0;
  for (const [left, top, right, down] of head.interlaced ? PASSES : ([[0, 0, 1, 1]] as const)) {
    const width = Math.ceil((head.width - left) / right);
    const height = Math.ceil((head.height - top) / down);
    if (width <= 0 || height <= 0) continue;
    const rowBytes = Math.ceil((width * samples * head.bits) / 8);
    let above = new Uint8Array(rowBytes);
    for (let y = 0; y < height; y += 1) {
      const row = unfilter(
        data[at] as number,
        data.subarray(at + 1, at + 1 + rowBytes),
        above,
        Math.max(1, (samples * head.bits) / 8),
      );
      at += 1 + rowBytes;
      for (let index = 0; index < width * samples; index += 1) {
        const x = left + Math.floor(index / samples) * right;
        out[((top + y * down) * head.width + x) * samples + (index % samples)] = sampleAt(row, index, head.bits);
      }
      above = row;
    }
  }
  return out;
}

function unfilter(type: number, line: Uint8Array, above: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(line.length);
  for (let index = 0; index < line.length; index += 1) {
    const a = index >= step ? (row[index - step] as number) : 0;
    const b = above[index] as number;
    const c = index >= step ? (above[index - step] as number) : 0;
    const predicted = [0, a, b, (a + b) >> 1, paeth(a, b, c)][type] as number;
    row[index] = (line[index] as number) + predicted;
  }
  return row;
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

function sampleAt(row: Uint8Array, index: number, bits: number): number {
  if (bits === 16) return ((row[index * 2] as number) << 8) | (row[index * 2 + 1] as number);
  if (bits === 8) return row[index] as number;
  const perByte = 8 / bits;
  const shift = 8 - bits * ((index % perByte) + 1);
  return ((row[Math.floor(index / perByte)] as number) >> shift) & ((1 << bits) - 1);
}

function expand(head: Head, values: Uint16Array, palette: Buffer | null, clear: Buffer | null): Raster {
  const { width, height, bits, colour } = head;
  const depth: Depth = bits === 16 ? 16 : 8;
  const samples = SAMPLES[colour] as number;
  const toPixel = colour === 3 ? fromPalette(palette, clear) : fromValues(head, clear);
  const channels = toPixel(values.subarray(0, samples)).length as Channels;
  const data = newSamples(depth, width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.set(toPixel(values.subarray(pixel * samples, (pixel + 1) * samples)), pixel * channels);
  }
  return { data, width, height, channels, depth };
}

type ToPixel = (values: Uint16Array) => readonly number[];

function fromPalette(palette: Buffer | null, clear: Buffer | null): ToPixel {
  return ([index = 0]) => {
    const colours = [0, 1, 2].map((c) => palette?.[index * 3 + c] ?? 0);
    return clear === null ? colours : [...colours, clear[index] ?? 255];
  };
}

function fromValues({ bits, colour }: Head, clear: Buffer | null): ToPixel {
  const scale = bits < 8 ? 255 / ((1 << bits) - 1) : 1;
  const max = bits === 16 ? 65_535 : 255;
  return (values) => {
    const pixel = [...values].map((value) => value * scale);
    if (colour >= 4 || clear === null) return pixel;
    const isClear = values.every((value, c) => value === clear.readUInt16BE(c * 2));
    return [...pixel, isClear ? 0 : max];
  };
}
