/** Memory kept between photos: reused where it fits, let go where it does not, and never seen in a result. */
import { expect, it } from 'vitest';
import { createSpare } from '../../workers/pipeline/spare.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import { chainOf, drawn, expectSame, kernelsForTests, optionsFor } from '../conformance/harness.ts';

it('gives back what it was given, at either depth', () => {
  const spare = createSpare();
  const first = spare.take(8, 1000);
  spare.give(first);
  const second = spare.take(16, 400);
  expect(second).toBeInstanceOf(Uint16Array);
  expect(second).toHaveLength(400);
  expect(second.buffer).toBe(first.buffer);
  expect(spare.take(8, 1000).buffer).not.toBe(first.buffer);
});

it('lets go what is too small or far too large', () => {
  const spare = createSpare();
  const samples = new Uint8Array(1000);
  spare.give(samples);
  expect(spare.take(8, 1001).buffer).not.toBe(samples.buffer);
  spare.give(samples);
  expect(spare.take(8, 499).buffer).not.toBe(samples.buffer);
});

it('keeps no more than a photo of ordinary size', () => {
  const spare = createSpare();
  const huge = new Uint8Array(100_000_001);
  spare.give(huge);
  expect(spare.take(8, huge.length).buffer).not.toBe(huge.buffer);
});

it('leaves no trace in what comes next', async () => {
  const kernels = await kernelsForTests();
  const spare = createSpare();
  const chain = chainOf(
    { filter: 'gaussian-blur', params: { sigma: 20 } },
    { filter: 'unsharp-mask', params: { sigma: 25 } },
  );
  for (const [width, height] of [
    [420, 400],
    [400, 410],
    [380, 300],
  ] as const) {
    const raster = drawn(width, height, 3, 8, width);
    const options = optionsFor(kernels, 64);
    const reused = runChain(raster, chain, { ...options, spare });
    expectSame(reused, runChain(raster, chain, options), `${width}x${height}`);
    spare.give(reused.data);
  }
});
