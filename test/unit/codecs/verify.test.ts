/** The last look: what is not the file that was meant does not pass. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../preload/contract.ts';
import { verify } from '../../../workers/codecs/verify.ts';
import { encoded, never, outcome, temporaryFolder } from './bench.ts';
import { gradient } from './blocks.ts';

const folder = temporaryFolder();

describe.each(FORMATS)('%s', (format) => {
  const make = async () => {
    const { path, bytes } = await encoded(folder, gradient(40, 30, 3), format);
    return { path, expected: { format, width: 40, height: 30, bytes } };
  };

  it('passes as it was written', async () => {
    const { path, expected } = await make();
    expect(await outcome(verify(never, path, expected))).toBe('done');
  });

  it('fails with other pixels, other bytes, another format, or gone', async () => {
    const { path, expected } = await make();
    expect(await outcome(verify(never, path, { ...expected, width: 41 }))).toBe('E_VERIFY');
    expect(await outcome(verify(never, path, { ...expected, bytes: expected.bytes + 1 }))).toBe('E_VERIFY');
    const other = format === 'png' ? 'jpeg' : 'png';
    expect(await outcome(verify(never, path, { ...expected, format: other }))).toBe('E_VERIFY');
    expect(await outcome(verify(never, join(folder, 'gone'), expected))).toBe('E_VERIFY');
  });

  it('fails where the end was lost, even at the right length', async () => {
    const { path, expected } = await make();
    const bytes = readFileSync(path);
    const cut = bytes.subarray(0, Math.floor(bytes.length / 2));
    writeFileSync(path, cut);
    expect(await outcome(verify(never, path, { ...expected, bytes: cut.length }))).toBe('E_VERIFY');
  });
});
