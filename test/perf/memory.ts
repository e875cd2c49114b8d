/**
 * What decoding and encoding one photo takes beside its samples, as a share of them: the figures of pipeline/estimate.ts.
 * `node test/perf/memory.ts`. Each case in a process of its own; peak RSS less that of a process that did nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS, type Format } from '../../preload/contract.ts';
import { decode } from '../../workers/codecs/decode.ts';
import { encodeToFile } from '../../workers/codecs/encode.ts';
import { readSource } from '../../workers/codecs/source.ts';
import { photo } from '../helpers/batches.ts';

const WIDTH = 6000;
const HEIGHT = 4000;
const SAMPLES = WIDTH * HEIGHT * 3;
const NONE = { exif: null, xmp: null, iptc: null, icc: null, density: null };
const signal = new AbortController().signal;

if (process.argv[2] === 'child') await child(process.argv[3] ?? '', process.argv[4] ?? '', process.argv[5] ?? '');
else await table();

async function table(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'photomill-memory-'));
  try {
    const image = photo(WIDTH, HEIGHT);
    const files: Record<string, string> = {};
    for (const format of FORMATS) files[format] = join(folder, `a.${format}`);
    await Promise.all(
      FORMATS.map((format) =>
        image
          .clone()
          .toFormat(format, format === 'avif' ? { effort: 0 } : {})
          .toFile(files[format] ?? ''),
      ),
    );
    files['jpeg progressive'] = join(folder, 'p.jpg');
    await image.clone().jpeg({ progressive: true }).toFile(files['jpeg progressive']);
    files['png interlaced'] = join(folder, 'p.png');
    await image.clone().png({ progressive: true }).toFile(files['png interlaced']);

    const idle = peakOf('idle', '', '');
    const rows = [
      ...Object.entries(files).map(([name, file]) => [`decode ${name}`, peakOf('decode', file, '') - SAMPLES]),
      ...FORMATS.map((format) => [
        `encode ${format}`,
        peakOf('encode', join(folder, `out.${format}`), format) - SAMPLES,
      ]),
    ] as [string, number][];
    for (const [name, bytes] of rows)
      process.stdout.write(`${name.padEnd(24)} ${((bytes - idle) / SAMPLES).toFixed(2)}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function peakOf(...args: [string, string, string]): number {
  return Number(execFileSync(process.execPath, [import.meta.filename, 'child', ...args], { encoding: 'utf8' }));
}

async function child(kind: string, file: string, format: string): Promise<void> {
  if (kind === 'decode') await decode(signal, await readSource(signal, file), { pixelLimit: 1e9 });
  if (kind === 'encode') {
    const data = new Uint8Array(SAMPLES);
    let random = 1;
    for (let at = 0; at < data.length; at++) {
      random = (Math.imul(random, 1_103_515_245) + 12_345) & 0x7fffffff;
      data[at] = ((at >> 12) & 127) + (random >> 26);
    }
    const raster = { data, width: WIDTH, height: HEIGHT, channels: 3, depth: 8 } as const;
    await encodeToFile(signal, raster, NONE, file, { format: format as Format, quality: 90, depth: 'keep' }, file);
  }
  const status = readFileSync('/proc/self/status', 'utf8');
  process.stdout.write(String(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024));
}
