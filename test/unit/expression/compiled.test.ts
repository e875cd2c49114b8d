/** Formulas on pictures: random ones compiled equal the scalar twin and the plain reference; what channels come out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampleName } from '../../../preload/expression/grammar.ts';
import { parseFormula } from '../../../preload/expression/parse.ts';
import { planFor } from '../../../workers/filters/expression/formulas.ts';
import { prepareChain, stagesOf } from '../../../workers/pipeline/chain.ts';
import { borderSource } from '../../../workers/pipeline/regions.ts';
import { runChain } from '../../../workers/pipeline/tiles.ts';
import { type Channels, type Depth, newSamples, type Raster } from '../../../workers/raster.ts';
import {
  CHANNELS,
  chainOf,
  DEPTHS,
  drawn,
  expectSame,
  kernelsForTests,
  optionsFor,
} from '../../conformance/harness.ts';
import { evaluate, type Place } from './reference.ts';

const kernels = await kernelsForTests();

type Params = Readonly<Partial<Record<'r' | 'g' | 'b' | 'a', string>>>;

function run(raster: Raster, params: Params, mode: 'simd' | 'scalar' = 'simd'): Raster {
  return runChain(raster, chainOf({ filter: 'expression', params }), optionsFor(kernels, 64, mode));
}

const BINARY = ['+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', '&&', '||'];
const PLAIN_CALLS = { abs: 1, ceil: 1, floor: 1, round: 1, fract: 1, sqrt: 1, sign: 1, step: 2, mix: 3, clamp: 3 };
const HEAVY_CALLS = { exp: 1, log: 1, sin: 1, cos: 1, pow: 2, smoothstep: 3 };

/** Formulas as text, with brackets around everything: what binds to what is parse.test.ts's. */
function formulas(calls: Readonly<Record<string, number>>): fc.Arbitrary<string> {
  const offset = fc.integer({ min: -8, max: 8 });
  const leaf = fc.oneof(
    fc.constantFrom(
      'r',
      'g',
      'b',
      'a',
      'luma',
      'x',
      'y',
      'width',
      'height',
      'pi',
      '0',
      '1',
      '0.5',
      '2',
      '1e9',
      '1e-30',
    ),
    fc
      .tuple(fc.constantFrom('r', 'g', 'b', 'a', 'luma'), offset, offset)
      .map(([name, dx, dy]) => `${name}[${dx},${dy}]`),
    fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value.toFixed(4)),
  );
  const { formula } = fc.letrec<{ formula: string }>((tie) => {
    const inner = tie('formula');
    const called = Object.entries(calls).map(([name, count]) =>
      fc.tuple(...Array.from({ length: count }, () => inner)).map((args) => `${name}(${args.join()})`),
    );
    return {
      formula: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.tuple(inner, fc.constantFrom(...BINARY), inner).map(([a, operator, b]) => `(${a}${operator}${b})`),
        fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(${test}?${yes}:${no})`),
        inner.map((of) => `(-${of})`),
        inner.map((of) => `(!${of})`),
        fc.array(inner, { minLength: 2, maxLength: 4 }).map((args) => `max(${args.join()})`),
        fc.array(inner, { minLength: 2, maxLength: 4 }).map((args) => `min(${args.join()})`),
        ...called,
      ),
    };
  });
  return formula.filter((text) => text.length <= 2000);
}

const pictures = fc.record({
  channels: fc.constantFrom(...CHANNELS),
  depth: fc.constantFrom(...DEPTHS),
  width: fc.integer({ min: 1, max: 13 }),
  height: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
});

describe('random formulas', () => {
  it('compiled equals scalar bit for bit', () => {
    const formula = formulas({ ...PLAIN_CALLS, ...HEAVY_CALLS });
    const any = fc.record({ r: formula, g: formula, b: formula, a: formula });
    fc.assert(
      fc.property(any, pictures, (params, { width, height, channels, depth, seed }) => {
        const raster = drawn(width, height, channels, depth, seed);
        expectSame(run(raster, params), run(raster, params, 'scalar'), JSON.stringify(params));
      }),
      { numRuns: 400 },
    );
  });

  it('compiled equals the plain reference bit for bit', () => {
    const formula = formulas(PLAIN_CALLS);
    const any = fc.record({ r: formula, g: formula, b: formula, a: formula });
    fc.assert(
      fc.property(any, pictures, (params, { width, height, channels, depth, seed }) => {
        const raster = drawn(width, height, channels, depth, seed);
        const result = run(raster, params);
        expectSame(result, referenceOf(raster, params, result.channels), JSON.stringify(params));
      }),
      { numRuns: 400 },
    );
  });
});

function referenceOf(raster: Raster, params: Required<Params>, channels: Channels): Raster {
  const { width, height, depth } = raster;
  const data = newSamples(depth, width * height * channels);
  const names =
    channels === 1 ? (['r'] as const) : channels === 2 ? (['r', 'a'] as const) : (['r', 'g', 'b', 'a'] as const);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const place = placeAt(raster, pixel % width, Math.floor(pixel / width));
    for (let c = 0; c < channels; c++) {
      const name = names[c] as 'r';
      data[pixel * channels + c] = quantised(evaluate(parseFormula(params[name], name), place), depth);
    }
  }
  return { data, width, height, channels, depth };
}

function placeAt(raster: Raster, x: number, y: number): Place {
  const { data, width, height, channels, depth } = raster;
  const f = Math.fround;
  const unit = f(1 / (2 ** depth - 1));
  const sample = (name: SampleName, dx: number, dy: number): number => {
    if (name === 'luma' && channels < 3) return sample('r', dx, dy);
    if (name === 'luma') {
      const part = (of: SampleName, weight: number) => f(sample(of, dx, dy) * f(weight));
      return f(f(part('r', 0.299) + part('g', 0.587)) + part('b', 0.114));
    }
    if (name === 'a' && channels % 2 === 1) return 1;
    const pixel = borderSource(y + dy, height, 'reflect-101') * width + borderSource(x + dx, width, 'reflect-101');
    const channel = name === 'a' ? channels - 1 : channels < 3 ? 0 : 'rgb'.indexOf(name);
    return f((data[pixel * channels + channel] as number) * unit);
  };
  return { x, y, width, height, sample };
}

/** Halves to even, as f32 adds; NaN is 0. */
function quantised(value: number, depth: Depth): number {
  const bounded = value > 0 ? Math.min(value, 1) : 0;
  return Math.fround(Math.fround(bounded * (2 ** depth - 1)) + 2 ** 23) - 2 ** 23;
}

describe('pictures', () => {
  const rgb: Raster = { data: Uint8Array.of(255, 0, 128, 10, 20, 30), width: 2, height: 1, channels: 3, depth: 8 };
  const grey: Raster = { data: Uint8Array.of(0, 51, 255), width: 3, height: 1, channels: 1, depth: 8 };
  const samplesOf = ({ data, channels }: Raster) => ({ data: [...data], channels });

  it.each<[string, Raster, Params, number[], Channels]>([
    ['nothing changes without formulas', rgb, {}, [255, 0, 128, 10, 20, 30], 3],
    ['the others stay', rgb, { r: 'b' }, [128, 0, 128, 30, 20, 30], 3],
    ['white to transparent adds alpha', rgb, { a: 'r > 0.9 ? 0 : a' }, [255, 0, 128, 0, 10, 20, 30, 255], 4],
    ['an alpha of 1 adds none', rgb, { r: 'max(r,g)', a: '1' }, [255, 0, 128, 20, 20, 30], 3],
    ['grey stays grey', grey, { r: '1-r' }, [255, 204, 0], 1],
    ['grey stays grey where all say the same', grey, { r: '1-r', g: '1-g', b: '1 - b' }, [255, 204, 0], 1],
    ['grey turns to colour', grey, { b: '0' }, [0, 0, 0, 51, 51, 0, 255, 255, 0], 3],
    ['grey with alpha', grey, { r: 'luma', a: 'r' }, [0, 0, 51, 51, 255, 255], 2],
    [
      'grey to colour and alpha',
      { ...grey, width: 1, data: grey.data.slice(0, 1) },
      { g: '1', a: '0.2' },
      [0, 255, 0, 51],
      4,
    ],
    ['less is 0, more is 1', rgb, { r: '-5', g: '1e30', b: '0.5' }, [0, 255, 128, 0, 255, 128], 3],
    ['0/0 is 0, 1/0 is 1', rgb, { r: '0/(r-r)', g: '1/(g-g)', b: '-1/(b-b)' }, [0, 255, 0, 0, 255, 0], 3],
    ['the root of a negative is 0', rgb, { r: 'sqrt(-1-r)', g: 'log(-1-g)', b: '(-1-b)^0.3' }, [0, 0, 0, 0, 0, 0], 3],
    ['places', grey, { r: 'x / width' }, [0, 85, 170], 1],
    ['neighbours, mirrored at the edge', grey, { r: 'r[-1,0]' }, [51, 0, 51], 1],
  ])('%s', (_, raster, params, data, channels) => {
    expect(samplesOf(run(raster, params))).toEqual({ data, channels });
    expect(samplesOf(run(raster, params, 'scalar'))).toEqual({ data, channels });
  });

  it.each(DEPTHS)('every sample of %i bits comes out of a computation that changes nothing as it went in', (depth) => {
    const data = newSamples(depth, 2 ** depth).map((_, value) => value) as Raster['data'];
    const raster: Raster = { data, width: 256, height: 2 ** depth / 256, channels: 1, depth };
    expectSame(run(raster, { r: 'r * 1 + 0' }), raster, 'r * 1 + 0');
  });

  it('reads as far as its farthest neighbour and no farther', () => {
    const reach = (params: Params) =>
      stagesOf(chainOf({ filter: 'expression', params }), 3, 8, { width: 9, height: 9 })[0]?.halo;
    expect(reach({})).toBe(0);
    expect(reach({ r: 'r[1,-3]', a: 'max(0, g[-2,0] ? 1 : luma[0,2])' })).toBe(3);
  });
});

describe('looking up', () => {
  const tabled = (params: Params, channels: Channels = 3, depth: Depth = 8) =>
    planFor({ r: 'r', g: 'g', b: 'b', a: 'a', ...params }, channels, depth).tabled;
  const heavy = 'exp(r) + log(r) + sin(r)';

  it('is for colours that come from themselves alone', () => {
    expect(tabled({ r: heavy })).toBe(true);
    expect(tabled({ r: heavy, g: '0.5', b: '1 - b' }, 4)).toBe(true);
    expect(tabled({ r: heavy }, 1)).toBe(true);
    expect(tabled({ r: 'luma^2.2' }, 2)).toBe(true);
    expect(tabled({ r: 'r*r', g: 'g*g' })).toBe(false);
    for (const other of ['g', 'x', 'height', 'r[1,0]', 'luma'])
      expect(tabled({ r: `${heavy} + ${other}` }), other).toBe(false);
    expect(tabled({ g: heavy })).toBe(false);
    expect(tabled({ r: heavy, a: 'a*a' }, 4)).toBe(false);
    expect(tabled({ r: `${heavy} + a` }, 4)).toBe(false);
    expect(tabled({ r: heavy, a: 'r' })).toBe(false);
    expect(tabled({ r: heavy, g: '1' }, 1)).toBe(false);
    expect(tabled({ r: heavy }, 3, 16)).toBe(false);
  });

  it.each(CHANNELS)('equals computing, for every level: %i channels', (channels) => {
    const data = Uint8Array.from(
      { length: 256 * channels },
      (_, i) => (Math.floor(i / channels) * (1 + 2 * (i % channels))) & 255,
    );
    const raster: Raster = { data, width: 32, height: 8, channels, depth: 8 };
    const params = { r: heavy, g: 'g^2.2 + 0.1', b: 'b > 0.5 ? sqrt(b) : 1 - exp(-b)' };
    const grey = { r: heavy };
    const formulas = channels < 3 ? grey : params;
    expect(tabled(formulas, channels)).toBe(true);
    expectSame(run(raster, formulas), run(raster, formulas, 'scalar'), 'looked up');
  });
});

describe('bounds', () => {
  it('a chain is refused before it runs', () => {
    const step = { filter: 'expression', params: { g: 'process.exit()' }, enabled: true };
    expect(() => prepareChain([step])).toThrow(expect.objectContaining({ code: 'E_EXPRESSION' }));
    const long = { filter: 'expression', params: { g: 'g'.padEnd(2001) }, enabled: true };
    expect(() => prepareChain([long])).toThrow(expect.objectContaining({ code: 'E_PARAM' }));
  });

  it('the heaviest formulas there may be still compile and run', () => {
    const heavy = (name: string) => Array.from({ length: 33 }, (_, i) => `pow(${name},y+0.${i + 1})`).join('+');
    const params = { r: heavy('r'), g: heavy('g'), b: heavy('b'), a: heavy('luma') };
    const raster = drawn(9, 3, 4, 8);
    expectSame(run(raster, params), run(raster, params, 'scalar'), 'heaviest');
  });

  it('keeps a plan for the next picture of its kind', () => {
    const formulas = { r: 'r*r', g: 'g', b: 'b', a: 'a' };
    expect(planFor(formulas, 3, 8)).toBe(planFor({ ...formulas }, 3, 8));
    expect(planFor(formulas, 3, 8)).not.toBe(planFor(formulas, 3, 16));
  });
});
