/**
 * Owns metadata blocks and rasters made by hand, so that tests know every byte of them.
 * Written from the specifications and not with the product's own writers, which they test.
 */
import { type Channels, type Depth, newSamples, type Raster } from '../../../workers/raster.ts';

/** Samples in every direction different, from a seed: a wrong turn, a lost bit or a swapped channel shows. */
export function noise(width: number, height: number, channels: Channels, depth: Depth, seed = 1): Raster {
  const data = newSamples(depth, width * height * channels);
  let state = seed >>> 0 || 1;
  for (let index = 0; index < data.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    data[index] = depth === 8 ? state & 0xff : state & 0xffff;
  }
  return { data, width, height, channels, depth };
}

/** A smooth picture that JPEG keeps within a few levels; its corners all differ. */
export function gradient(width: number, height: number, channels: Channels): Raster {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * channels;
      const values = [(x * 255) / width, (y * 255) / height, 128 + ((x - y) * 60) / (width + height), 255];
      for (let channel = 0; channel < channels; channel += 1) data[at + channel] = values[channel] ?? 0;
    }
  }
  return { data, width, height, channels, depth: 8 };
}

type Value =
  | { readonly type: 2; readonly text: string }
  | { readonly type: 3 | 4; readonly number: number }
  | { readonly type: 5; readonly rationals: readonly (readonly [number, number])[] }
  | { readonly type: 7; readonly bytes: Buffer };
type Tags = readonly (readonly [number, Value])[];

export const MAKER_NOTE = Buffer.from(
  'NOTE\0\x01\x02\x03 whatever the maker wrote, at offsets of its own \xff\xfe',
  'latin1',
);
export const THUMBNAIL = Buffer.from('\xff\xd8\xff\xdbTHE FACE THAT WAS BLURRED LATER\xff\xd9', 'latin1');

/** A camera's EXIF, little-endian: IFD0, Exif, GPS, maker note and a thumbnail in IFD1. */
export function cameraExif(orientation: number, width: number, height: number): Buffer {
  const out: Buffer[] = [Buffer.from('II*\0\x08\0\0\0', 'latin1')];
  let end = 8;
  const put = (bytes: Buffer): number => {
    const at = end;
    out.push(bytes);
    end += bytes.length;
    return at;
  };
  const sizes = { zero: sizeOf(IFD0(orientation, 0, 0)), one: sizeOf(THUMB(0)) };
  const exif = EXIF(width, height);
  const exifAt = 8 + sizes.zero;
  const gpsAt = exifAt + sizeOf(exif);
  const oneAt = gpsAt + sizeOf(GPS);
  const thumbAt = oneAt + sizes.one;
  put(directory(IFD0(orientation, exifAt, gpsAt), 8, oneAt));
  put(directory(exif, exifAt, 0));
  put(directory(GPS, gpsAt, 0));
  put(directory(THUMB(thumbAt), oneAt, 0));
  put(THUMBNAIL);
  return Buffer.concat(out);
}

const short = (number: number): Value => ({ type: 3, number });
const long = (number: number): Value => ({ type: 4, number });
const text = (value: string): Value => ({ type: 2, text: value });

const IFD0 = (orientation: number, exifAt: number, gpsAt: number): Tags => [
  [0x010f, text('Photomill')],
  [0x0110, text('Photomill One')],
  [0x0112, short(orientation)],
  [0x0132, text('2021:05:04 13:20:11')],
  [0x8769, long(exifAt)],
  [0x8825, long(gpsAt)],
];
const EXIF = (width: number, height: number): Tags => [
  [0x8827, short(400)],
  [0x9003, text('2021:05:04 13:20:11')],
  [0x927c, { type: 7, bytes: MAKER_NOTE }],
  [0xa002, short(width)],
  [0xa003, short(height)],
  [0xa434, text('Fifty 1.8')],
];
const GPS: Tags = [
  [0x0001, text('N')],
  [
    0x0002,
    {
      type: 5,
      rationals: [
        [47, 1],
        [22, 1],
        [30, 1],
      ],
    },
  ],
];
const THUMB = (at: number): Tags => [
  [0x0103, short(6)],
  [0x0201, long(at)],
  [0x0202, long(THUMBNAIL.length)],
];

function payload(value: Value): Buffer {
  switch (value.type) {
    case 2:
      return Buffer.from(`${value.text}\0`, 'latin1');
    case 3:
      return Buffer.from([value.number & 255, value.number >> 8]);
    case 4: {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value.number);
      return bytes;
    }
    case 5: {
      const bytes = Buffer.alloc(value.rationals.length * 8);
      for (const [index, [top, bottom]] of value.rationals.entries()) {
        bytes.writeUInt32LE(top, index * 8);
        bytes.writeUInt32LE(bottom, index * 8 + 4);
      }
      return bytes;
    }
    case 7:
      return value.bytes;
  }
}

const BYTES = { 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 };

function sizeOf(tags: Tags): number {
  const outside = tags.map(([, value]) => payload(value).length).filter((length) => length > 4);
  return 6 + tags.length * 12 + outside.reduce((sum, length) => sum + length + (length % 2), 0);
}

function directory(tags: Tags, at: number, next: number): Buffer {
  const bytes = Buffer.alloc(sizeOf(tags));
  bytes.writeUInt16LE(tags.length, 0);
  let outside = 6 + tags.length * 12;
  for (const [index, [tag, value]] of tags.entries()) {
    const data = payload(value);
    const entry = 2 + index * 12;
    bytes.writeUInt16LE(tag, entry);
    bytes.writeUInt16LE(value.type, entry + 2);
    bytes.writeUInt32LE(data.length / BYTES[value.type], entry + 4);
    if (data.length <= 4) {
      data.copy(bytes, entry + 8);
    } else {
      bytes.writeUInt32LE(at + outside, entry + 8);
      data.copy(bytes, outside);
      outside += data.length + (data.length % 2);
    }
  }
  bytes.writeUInt32LE(next, 2 + tags.length * 12);
  return bytes;
}

export function xmpPacket(orientation: number): Buffer {
  return Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" tiff:Orientation="${orientation}" dc:source="山の写真"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  );
}

/** IIM: record 2, dataset 120 (caption). */
export const IPTC_RECORDS = Buffer.concat([Buffer.from([0x1c, 2, 120, 0, 7]), Buffer.from('caption', 'latin1')]);

/** Photoshop's wrapping of the records, with a thumbnail resource beside them. */
export function photoshopResources(): Buffer {
  const resource = (id: number, data: Buffer) => {
    const head = Buffer.alloc(12);
    head.write('8BIM', 0, 'latin1');
    head.writeUInt16BE(id, 4);
    head.writeUInt32BE(data.length, 8);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  return Buffer.concat([resource(0x040c, THUMBNAIL), resource(0x0404, IPTC_RECORDS)]);
}

/** One JPEG segment. */
export function segment(marker: number, ...parts: readonly (string | Buffer)[]): Buffer {
  const data = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);
}

/** A grey profile (ICC v2) with a pure gamma. */
export function greyProfile(gamma: number): Buffer {
  const xyz = Buffer.from([0x58, 0x59, 0x5a, 0x20, 0, 0, 0, 0, 0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]);
  const curve = Buffer.from([0x63, 0x75, 0x72, 0x76, 0, 0, 0, 0, 0, 0, 0, 1, ...u16(Math.round(gamma * 256)), 0, 0]);
  const name = 'Test grey\0';
  const description = Buffer.alloc(12 + name.length + 78 + 2);
  description.write('desc', 0, 'latin1');
  description.writeUInt32BE(name.length, 8);
  description.write(name, 12, 'latin1');
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', description],
    ['wtpt', xyz],
    ['kTRC', curve],
  ];
  const head = Buffer.alloc(128 + 4 + tags.length * 12);
  head.writeUInt32BE(0x02100000, 8);
  head.write('mntrGRAYXYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  head.set([0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d], 68);
  head.writeUInt32BE(tags.length, 128);
  let at = head.length;
  for (const [index, [tag, data]] of tags.entries()) {
    head.write(tag, 132 + index * 12, 'latin1');
    head.writeUInt32BE(at, 136 + index * 12);
    head.writeUInt32BE(data.length, 140 + index * 12);
    at += data.length;
  }
  head.writeUInt32BE(at, 0);
  return Buffer.concat([head, ...tags.map(([, data]) => data)]);
}

function u16(value: number): readonly [number, number] {
  return [value >> 8, value & 255];
}
