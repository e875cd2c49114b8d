/**
 * Owns the icons that are made from assets/icon.svg: icon.png (Linux, the window), icon.ico (Windows), icon.icns
 * (macOS). Run by hand when the drawing changes; what it makes is committed. ICO and ICNS are containers of PNGs.
 */
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { at } from './setup/paths.mjs';

const png = (size) =>
  sharp(at('assets', 'icon.svg'), { density: 72 * (size / 512) * 2 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: size > 64 })
    .toBuffer();

/** ICO: a directory of 16 bytes an entry, then the PNGs (Windows Vista and later read them). 256 is written as 0. */
function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, data }, i) => {
    const at = 6 + 16 * i;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  });
  return Buffer.concat([head, ...images.map(({ data }) => data)]);
}

/** ICNS: `icns`, the whole length, then type, length and PNG of each size. */
function icns(images) {
  const types = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' };
  const entries = images.map(({ size, data }) => {
    const head = Buffer.alloc(8);
    head.write(types[size], 'latin1');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  });
  const body = Buffer.concat(entries);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

const sized = (sizes) => Promise.all(sizes.map(async (size) => ({ size, data: await png(size) })));
writeFileSync(at('assets', 'icon.png'), await png(512));
writeFileSync(at('assets', 'icon.ico'), ico(await sized([16, 24, 32, 48, 64, 256])));
writeFileSync(at('assets', 'icon.icns'), icns(await sized([128, 256, 512, 1024])));
