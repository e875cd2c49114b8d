/**
 * Owns the last look at a written result: read back from disk, is it the file that was meant?
 * Header, size and end marker; a whole second decode would cost as much as the first and find what fsync already told.
 */
import type { Format } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import { stopIfCancelled } from './cancel.ts';
import { openTiff, tiffIsWhole } from './containers/tiff.ts';
import { boxesAreInside } from './decoder-fault.ts';
import { HEAD_BYTES, sniff } from './formats.ts';
import { sharp } from './sharp.ts';
import { readAt, withOrdinaryFile } from './source.ts';

export interface Expected {
  readonly format: Format;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  readonly bytes: number;
}

/** Throws E_VERIFY where anything differs. */
export async function verify(signal: AbortSignal, path: string, expected: Expected): Promise<void> {
  stopIfCancelled(signal);
  try {
    await withOrdinaryFile(path, async (file) => {
      const { size } = await file.stat();
      if (size !== expected.bytes) throw different(`${size} bytes, not ${expected.bytes}`);
      const head = await readAt(file, 0, Math.min(size, HEAD_BYTES));
      const found = sniff(head);
      if (found.is !== 'source' || found.kind !== expected.format) throw different('another format');
      const tail = await readAt(file, Math.max(0, size - 16), 16);
      const isWhole =
        expected.format === 'tiff' || expected.format === 'avif' || endsWell(expected.format, head, tail, size);
      if (!isWhole) throw different('its end is missing');
    });
    const metadata = await sharp(path, { failOn: 'warning', limitInputPixels: false }).metadata();
    if (metadata.width !== expected.width || metadata.height !== expected.height) {
      throw different(`${metadata.width} × ${metadata.height} pixels`);
    }
    if (expected.format === 'tiff' || expected.format === 'avif') await checkStructure(path, expected);
  } catch (error) {
    throw error instanceof Fault && error.code === 'E_VERIFY' ? error : different(String(error), error);
  }
}

function endsWell(format: 'jpeg' | 'png' | 'webp', head: Buffer, tail: Buffer, size: number): boolean {
  switch (format) {
    case 'jpeg':
      return tail.at(-2) === 0xff && tail.at(-1) === 0xd9;
    case 'png':
      return tail.subarray(-8, -4).toString('latin1') === 'IEND';
    case 'webp':
      return 8 + head.readUInt32LE(4) === size;
  }
}

/** TIFF's directory and pixels may stand anywhere, AVIF is a chain of boxes: both are walked in memory. */
async function checkStructure(path: string, { format, bytes }: Expected): Promise<void> {
  const file = await withOrdinaryFile(path, (opened) => readAt(opened, 0, bytes));
  const tiff = format === 'tiff' ? openTiff(file) : null;
  const isWhole = tiff === null ? boxesAreInside(file) : tiffIsWhole(tiff);
  if (!isWhole) throw different('its end is missing');
}

function different(why: string, cause?: unknown): Fault {
  return new Fault('E_VERIFY', { why }, cause);
}
