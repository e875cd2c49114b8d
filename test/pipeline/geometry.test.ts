/** Steps of geometry: pixels exactly where they belong, sizes known beforehand, chains cut where they stand. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import type { Step } from '../../preload/contract.ts';
import { GEOMETRY, type Operation, sizeAfter, sizeOf } from '../../preload/geometry.ts';
import { applyOperation } from '../../workers/codecs/geometry.ts';
import { INFOS } from '../../workers/filters/catalogue.ts';
import { prepareChain } from '../../workers/pipeline/chain.ts';
import { runPreview } from '../../workers/pipeline/run-preview.ts';
import { cutChain, estimateSegments, runSegments } from '../../workers/pipeline/segments.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import { newSamples, type Raster } from '../../workers/raster.ts';
import { CHANNELS, crop, DEPTHS, drawn, expectSame, kernelsForTests, optionsFor } from '../conformance/harness.ts';

const kernels = await kernelsForTests();
const never = new AbortController().signal;
const LIMIT = 1e8;
const step = (filter: string, params: Step['params'] = {}, enabled = true): Step => ({ filter, params, enabled });
const run = async (raster: Raster, ...steps: Step[]) =>
  (await runSegments(never, raster, cutChain(steps), LIMIT, optionsFor(kernels, 64))).raster;

/** Where each pixel of the result comes from, in plain words. */
function moved(
  raster: Raster,
  operation: Operation,
  from: (x: number, y: number) => readonly [number, number],
): Raster {
  const { width, height } = sizeOf(operation, raster);
  const { channels, depth } = raster;
  const data = newSamples(depth, width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = from(x, y);
      for (let c = 0; c < channels; c++) {
        data[(y * width + x) * channels + c] = raster.data[(sy * raster.width + sx) * channels + c] as number;
      }
    }
  }
  return { data, width, height, channels, depth };
}

describe.each(DEPTHS)('%i bits', (depth) => {
  it.each(CHANNELS)('turns, mirrors and cuts change no sample: %i channels', async (channels) => {
    for (const [w, h] of [
      [1, 1],
      [1, 7],
      [33, 20],
    ] as const) {
      const raster = drawn(w, h, channels, depth);
      const wanted: [Operation, (x: number, y: number) => readonly [number, number]][] = [
        [{ kind: 'rotate', degrees: 90 }, (x, y) => [y, h - 1 - x]],
        [{ kind: 'rotate', degrees: 180 }, (x, y) => [w - 1 - x, h - 1 - y]],
        [{ kind: 'rotate', degrees: 270 }, (x, y) => [w - 1 - y, x]],
        [{ kind: 'flip', direction: 'horizontal' }, (x, y) => [w - 1 - x, y]],
        [{ kind: 'flip', direction: 'vertical' }, (x, y) => [x, h - 1 - y]],
      ];
      for (const [operation, from] of wanted) {
        const what = `${JSON.stringify(operation)} of ${w}x${h}`;
        expectSame(await applyOperation(never, raster, operation), moved(raster, operation, from), what);
      }
    }
    const raster = drawn(33, 20, channels, depth);
    const part = await applyOperation(never, raster, { kind: 'crop', left: 5, top: 3, width: 9, height: 16 });
    expectSame(part, crop(raster, 5, 3, 9, 16), 'crop');
  });

  it.each(CHANNELS)('a resized flat picture is the same flat picture: %i channels', async (channels) => {
    const raster = { ...drawn(40, 30, channels, depth) };
    const white = depth === 8 ? 255 : 65_535;
    // Opaque where there is alpha: what is transparent has no colour to keep.
    for (let i = 0; i < raster.data.length; i++) {
      const isAlpha = channels % 2 === 0 && i % channels === channels - 1;
      raster.data[i] = isAlpha ? white : ([37, 150, 201][i % channels] ?? 37);
    }
    for (const [width, height] of [
      [7, 5],
      [80, 61],
    ] as const) {
      const result = await applyOperation(never, raster, { kind: 'resize', width, height });
      expect([result.width, result.height, result.channels, result.depth]).toEqual([width, height, channels, depth]);
      expect(new Set(result.data)).toEqual(new Set(raster.data));
    }
  });
});

test('the size is known beforehand, whatever the steps', async () => {
  const anyStep = fc.oneof(
    fc
      .record({
        by: fc.constantFrom('longest', 'width', 'height', 'percent', 'megapixels'),
        size: fc.integer({ min: 1, max: 120 }),
        percent: fc.integer({ min: 1, max: 200 }),
        megapixels: fc.constantFrom(0.01, 0.02),
        enlarge: fc.boolean(),
      })
      .map((params) => step('resize', params)),
    fc
      .record({
        ratio: fc.constantFrom('1:1', '3:2', '16:9', '21:9'),
        upright: fc.boolean(),
        position: fc.constantFrom('centre', 'start', 'end'),
      })
      .map((params) => step('crop', params)),
    fc.constantFrom('90', '180', '270').map((angle) => step('rotate', { angle })),
    fc.constantFrom('horizontal', 'vertical').map((direction) => step('flip', { direction })),
    fc.constant(step('grayscale')),
    fc.constant(step('rotate', {}, false)),
  );
  const side = fc.integer({ min: 1, max: 70 });
  await fc.assert(
    fc.asyncProperty(side, side, fc.array(anyStep, { maxLength: 5 }), async (width, height, steps) => {
      const { width: w, height: h, channels } = await run(drawn(width, height, 3, 8), ...steps);
      expect(sizeAfter(INFOS, steps, { width, height })).toEqual({ width: w, height: h });
      const cost = estimateSegments(cutChain(steps), { width, height }, 3, 8, 64);
      expect([cost.width, cost.height, cost.channels]).toEqual([w, h, channels]);
    }),
    { numRuns: 60 },
  );
});

test.each([
  [{ by: 'longest', size: 2048 }, 6000, 4000, 2048, 1365],
  [{ by: 'longest', size: 2048 }, 4000, 6000, 1365, 2048],
  [{ by: 'width', size: 1000 }, 4000, 6000, 1000, 1500],
  [{ by: 'height', size: 1000 }, 6000, 4000, 1500, 1000],
  [{ by: 'percent', percent: 25 }, 6000, 4000, 1500, 1000],
  [{ by: 'megapixels', megapixels: 6 }, 6000, 4000, 3000, 2000],
  [{ by: 'longest', size: 2048 }, 800, 600, 800, 600],
  [{ by: 'longest', size: 1600, enlarge: true }, 800, 600, 1600, 1200],
  [{ by: 'percent', percent: 1 }, 20_000, 30, 200, 1],
])('resize %o of %i x %i', (params, width, height, w, h) => {
  expect(sizeAfter(INFOS, [step('resize', params)], { width, height })).toEqual({ width: w, height: h });
});

test.each([
  [{ ratio: '3:2' }, 4000, 3000, { left: 0, top: 166, width: 4000, height: 2667 }],
  [{ ratio: '3:2' }, 3000, 4000, { left: 166, top: 0, width: 2667, height: 4000 }],
  [{ ratio: '3:2', upright: false }, 3000, 4000, { left: 0, top: 1000, width: 3000, height: 2000 }],
  [{ ratio: '1:1', position: 'end' }, 400, 300, { left: 100, top: 0, width: 300, height: 300 }],
  [{ ratio: '21:9' }, 1, 1, { left: 0, top: 0, width: 1, height: 1 }],
])('crop %o of %i x %i', (params, width, height, wanted) => {
  const complete = { upright: true, position: 'centre', ...params };
  expect(GEOMETRY.crop({ width, height }, complete)).toEqual({ kind: 'crop', ...wanted });
});

test('where a step stands counts: filters before it see the old size, those behind it the new one', async () => {
  const raster = drawn(90, 60, 4, 8);
  const half = step('resize', { by: 'percent', percent: 50 });
  const blur = step('gaussian-blur', { sigma: 3 });
  const blurred = (input: Raster) => runChain(input, prepareChain([blur]), optionsFor(kernels, 4096));
  const halved = (input: Raster) => applyOperation(never, input, { kind: 'resize', width: 45, height: 30 });
  expectSame(await run(raster, half, blur), blurred(await halved(raster)), 'small, then blurred');
  expectSame(await run(raster, blur, half), await halved(blurred(raster)), 'blurred, then small');
  expectSame(await run(raster, blur, half, blur), blurred(await halved(blurred(raster))), 'between two');
  expect(await run(raster, { ...half, enabled: false })).toBe(raster);
});

test('a step that would make a giant is refused before anything is done', async () => {
  const grow = step('resize', { by: 'percent', percent: 400, enlarge: true });
  await expect(run(drawn(4000, 2000, 1, 8), grow)).rejects.toMatchObject({ code: 'E_BOMB' });
});

test('a region of the preview is that part of the result, and tells its whole size', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'photomill-geometry-')), 'a.png');
  const raster = drawn(120, 80, 3, 8);
  await sharp(raster.data, { raw: { width: 120, height: 80, channels: 3 } })
    .png()
    .toFile(file);
  const steps = [
    step('gaussian-blur', { sigma: 2 }),
    step('rotate'),
    step('crop', { ratio: '1:1' }),
    step('unsharp-mask'),
  ];
  const whole = await run(raster, ...steps);
  const cancellation = { signal: never, check: () => {}, dispose: () => {} };
  const preview = (view: Parameters<typeof runPreview>[2]['view']) =>
    runPreview(cancellation, kernels, { path: file, chain: steps, view, tileSize: 64, pixelLimit: LIMIT });
  for (const [left, top] of [
    [0, 0],
    [31, 22],
    [70, 75],
  ] as const) {
    const picture = await preview({ kind: 'region', left, top, width: 40, height: 30 });
    const [width, height] = [Math.min(40, 80 - left), Math.min(30, 80 - top)];
    expect(picture).toMatchObject({ width, height, sourceWidth: 80, sourceHeight: 80 });
    const { data } = await sharp(picture.bytes).raw().toBuffer({ resolveWithObject: true });
    const wanted = crop(whole, left, top, width, height).data;
    const difference = data.reduce((sum, value, i) => sum + Math.abs(value - (wanted[i] as number)), 0) / data.length;
    // A JPEG for the screen: noise costs it a few levels, a part from elsewhere would cost eighty.
    expect(difference).toBeLessThan(12);
  }
  expect(await preview({ kind: 'fit', width: 40, height: 40 })).toMatchObject({
    width: 40,
    height: 40,
    sourceWidth: 80,
  });
});
