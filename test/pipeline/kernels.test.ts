/** kernels.wasm: built once, loaded anywhere, told apart when its sources change. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { buildKernels } from '../../workers/kernels/build.ts';
import { simdSupported } from '../../workers/kernels/load.ts';
import { kernelsForTests } from '../conformance/harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'photomill-kernels-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('compiles once and then only when something changed', async () => {
  const outFile = join(folder, 'deep', 'kernels.wasm');
  expect(await buildKernels(outFile)).toEqual({ file: outFile, compiled: true });
  const { mtimeMs } = statSync(outFile);
  expect((await buildKernels(outFile)).compiled).toBe(false);
  expect(statSync(outFile).mtimeMs).toBe(mtimeMs);
  writeFileSync(`${outFile}.hash`, 'of other sources');
  expect((await buildKernels(outFile)).compiled).toBe(true);
});

it('runs here, and grows memory only as far as asked', async () => {
  expect(simdSupported()).toBe(true);
  const { memory, arena } = await kernelsForTests();
  expect(memory.buffer.byteLength).toBe(arena.base);
  arena.reserve(100_000);
  const grown = memory.buffer.byteLength;
  expect(grown).toBe(arena.base + 2 * 65_536);
  arena.reserve(50_000);
  expect(memory.buffer.byteLength).toBe(grown);
});
