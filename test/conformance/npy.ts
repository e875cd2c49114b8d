/** Owns reading the two kinds of .npy that make-golden.py writes: version 1, C order, u1 or little-endian u2. */

export interface Npy {
  readonly data: Uint8Array | Uint16Array;
  readonly shape: readonly number[];
}

export function readNpy(bytes: Uint8Array): Npy {
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, 10 + headerBytes));
  const [, kind] = /'descr': '([^']+)'/.exec(header) ?? [];
  const [, shapeText = ''] = /'shape': \(([^)]*)\)/.exec(header) ?? [];
  const shape = shapeText
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  // A copy, so that 16-bit samples are aligned. (Buffer's own slice would be none.)
  const body = Uint8Array.from(bytes.subarray(10 + headerBytes));
  if (kind === '|u1') return { data: body, shape };
  if (kind === '<u2') return { data: new Uint16Array(body.buffer, 0, body.length / 2), shape };
  throw new Error(`unexpected .npy kind ${kind}`);
}
