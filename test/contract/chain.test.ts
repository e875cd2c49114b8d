/** Steps checked against what filters declare, and their text for the command line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStep, formatStep, parseStep } from '../../preload/chain.ts';
import type { FilterInfo, ParamInfo, Step } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';

const words = { en: 'x', 'zh-CN': 'x' };
const number = (name: string, min: number, max: number, step: number, fallback: number): ParamInfo => ({
  ...{ name, label: words, help: words, type: 'number', unit: '', scale: 'linear' },
  ...{ min, max, step, default: fallback },
});
const choice = (name: string, ...values: [string, ...string[]]): ParamInfo => ({
  ...{ name, label: words, help: words, type: 'choice' },
  ...{ options: values.map((value) => ({ value, label: words })), default: values[0] },
});
const text = (name: string, maxLength: number, fallback: string): ParamInfo => ({
  ...{ name, label: words, help: words, type: 'text' },
  ...{ maxLength, default: fallback },
});
const filter = (id: string, ...params: ParamInfo[]): FilterInfo => ({
  ...{ id, group: 'tone', label: words, help: words, params, depth: [8, 16] },
});
const ODD_TEXTS = ['max(r,g)', 'say "yes"', 'back\\slash', '', ' padded ', 'a=b', 'é 照片', 'two\nlines', '"', ','];
const FILTERS: readonly FilterInfo[] = [
  filter('grayscale'),
  filter('gaussian-blur', number('sigma', 0.3, 100, 0.1, 1.4)),
  filter('median', number('radius', 1, 50, 1, 2)),
  filter('remark', text('words', 40, 'none')),
  filter('everything', number('amount', -5, 5, 0.01, 0), choice('shape', 'rectangle', 'ellipse', ...ODD_TEXTS), {
    name: 'fast',
    label: words,
    help: words,
    type: 'switch',
    default: true,
  }),
];

function step(id: string, params: Step['params'] = {}): Step {
  return { filter: id, params, enabled: true };
}

function faultOf(act: () => unknown): { code: string; detail: Readonly<Record<string, unknown>> } {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return { code: error.code, detail: error.detail };
    throw error;
  }
  throw new Error('expected a Fault');
}

describe('checkStep', () => {
  it('fills in the defaults of what was left out', () => {
    expect(checkStep(FILTERS, step('grayscale'))).toEqual({});
    expect(checkStep(FILTERS, step('gaussian-blur'))).toEqual({ sigma: 1.4 });
    expect(checkStep(FILTERS, step('everything', { fast: false }))).toEqual({
      amount: 0,
      shape: 'rectangle',
      fast: false,
    });
  });

  it('takes the ends of a range and values between the notches', () => {
    for (const sigma of [0.3, 100, 1.4567])
      expect(checkStep(FILTERS, step('gaussian-blur', { sigma }))).toEqual({ sigma });
    for (const radius of [1, 50]) expect(checkStep(FILTERS, step('median', { radius }))).toEqual({ radius });
  });

  it.each(['', 'blur', 'Grayscale', '__proto__', 'toString'])('has no filter %j', (id) => {
    expect(faultOf(() => checkStep(FILTERS, step(id)))).toEqual({ code: 'E_NO_FILTER', detail: { filter: id } });
  });

  it.each<[string, Step['params'], string, string, string]>([
    ['gaussian-blur', { sigma: 0.29 }, 'sigma', '0.3 … 100', '0.29'],
    ['gaussian-blur', { sigma: 100.1 }, 'sigma', '0.3 … 100', '100.1'],
    ['gaussian-blur', { sigma: Number.NaN }, 'sigma', '0.3 … 100', 'NaN'],
    ['gaussian-blur', { sigma: Number.POSITIVE_INFINITY }, 'sigma', '0.3 … 100', 'Infinity'],
    ['gaussian-blur', { sigma: '2' }, 'sigma', '0.3 … 100', '2'],
    ['gaussian-blur', { sigma: true }, 'sigma', '0.3 … 100', 'true'],
    ['median', { radius: 2.5 }, 'radius', '1, 2 … 50', '2.5'],
    ['everything', { shape: 'Ellipse' }, 'shape', `rectangle | ellipse | ${ODD_TEXTS.join(' | ')}`, 'Ellipse'],
    ['everything', { shape: 1 }, 'shape', `rectangle | ellipse | ${ODD_TEXTS.join(' | ')}`, '1'],
    ['everything', { fast: 'true' }, 'fast', 'true | false', 'true'],
    ['everything', { fast: 1 }, 'fast', 'true | false', '1'],
    ['gaussian-blur', { Sigma: 2 }, 'Sigma', 'sigma', 'Sigma=2'],
    ['everything', { constructor: 1 }, 'constructor', 'amount | shape | fast', 'constructor=1'],
    ['grayscale', { sigma: 2 }, 'sigma', '—', 'sigma=2'],
    ['remark', { words: 'x'.repeat(41) }, 'words', '"…" × 40', 'x'.repeat(41)],
    ['remark', { words: 7 }, 'words', '"…" × 40', '7'],
  ])('refuses %s %j', (id, params, param, expected, received) => {
    const detail = { filter: id, param, expected, received };
    expect(faultOf(() => checkStep(FILTERS, step(id, params)))).toEqual({ code: 'E_PARAM', detail });
  });

  it('cuts a long value short in its sentence', () => {
    const { detail } = faultOf(() => checkStep(FILTERS, step('gaussian-blur', { sigma: 'x'.repeat(9000) })));
    expect(detail.received).toBe(`${'x'.repeat(59)}…`);
  });
});

describe('parseStep', () => {
  it.each<[string, string, Step['params']]>([
    ['grayscale', 'grayscale', {}],
    ['grayscale:', 'grayscale', {}],
    ['gaussian-blur:sigma=1.4', 'gaussian-blur', { sigma: 1.4 }],
    [' gaussian-blur : sigma = 2e1 ', 'gaussian-blur', { sigma: 20 }],
    ['gaussian-blur:sigma=.5', 'gaussian-blur', { sigma: 0.5 }],
    ['gaussian-blur:sigma="2"', 'gaussian-blur', { sigma: 2 }],
    ['everything:amount=-1,shape=ellipse,fast=false', 'everything', { amount: -1, shape: 'ellipse', fast: false }],
    ['everything:shape="max(r,g)",amount=1', 'everything', { shape: 'max(r,g)', amount: 1 }],
    ['everything:shape="say \\"yes\\"" , fast=true', 'everything', { shape: 'say "yes"', fast: true }],
    ['remark:words=r > 0.5 && b<1 ? 0 : a', 'remark', { words: 'r > 0.5 && b<1 ? 0 : a' }],
    ['remark:words="max(r, g)"', 'remark', { words: 'max(r, g)' }],
    ['remark:words=7', 'remark', { words: '7' }],
    ['everything:shape=', 'everything', { shape: '' }],
    ['everything:shape=a=b', 'everything', { shape: 'a=b' }],
  ])('reads %s', (text, id, params) => {
    expect(parseStep(text, FILTERS)).toEqual(step(id, params));
  });

  it.each(['', ':', 'blur', 'blur:sigma=1', '=', 'sigma=1'])('has no filter in %j', (text) => {
    expect(faultOf(() => parseStep(text, FILTERS)).code).toBe('E_NO_FILTER');
  });

  it.each([
    'gaussian-blur:sigma',
    'gaussian-blur:sigma=',
    'gaussian-blur:=2',
    'gaussian-blur:sigma=two',
    'gaussian-blur:sigma=0x10',
    'gaussian-blur:sigma=1e999',
    'gaussian-blur:sigma=Infinity',
    'gaussian-blur:sigma=NaN',
    'gaussian-blur:sigma=1_0',
    'gaussian-blur:sigma=2px',
    'gaussian-blur:sigma=1,',
    'gaussian-blur:sigma=1,,',
    'gaussian-blur:,sigma=1',
    'gaussian-blur:sigma=1,sigma=2',
    'gaussian-blur:sigma=1;amount=2',
    'gaussian-blur:sigma="1',
    'gaussian-blur:sigma="1"2',
    'gaussian-blur:sigma=200',
    'gaussian-blur:__proto__=1',
    'gaussian-blur:toString=1',
    'everything:fast=yes',
    'everything:fast=toString',
    'everything:shape=max(r,g)',
    'everything:shape="bad \\escape"',
    'grayscale:sigma=1',
  ])('refuses %s with E_PARAM', (text) => {
    expect(faultOf(() => parseStep(text, FILTERS)).code).toBe('E_PARAM');
  });

  it('takes its time from the length of the text alone', () => {
    const started = performance.now();
    for (const text of [
      'everything:shape="\\'.padEnd(50_000, '\\'),
      `everything:${' '.repeat(50_000)}`,
      `everything:${'a=,'.repeat(20_000)}`,
    ])
      expect(faultOf(() => parseStep(text, FILTERS)).code).toBe('E_PARAM');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('formatStep', () => {
  const param = (info: ParamInfo): fc.Arbitrary<number | string | boolean> => {
    switch (info.type) {
      case 'number':
        return Number.isInteger(info.step)
          ? fc.integer({ min: info.min, max: info.max })
          : fc.double({ min: info.min, max: info.max, noNaN: true });
      case 'choice':
        return fc.constantFrom(...info.options.map((option) => option.value));
      case 'switch':
        return fc.boolean();
      case 'text':
        return fc.string({ unit: 'binary', maxLength: info.maxLength });
    }
  };
  const anyStep = fc
    .constantFrom(...FILTERS)
    .chain(({ id, params }) =>
      fc
        .record(Object.fromEntries(params.map((info) => [info.name, param(info)])), { requiredKeys: [] })
        .map((values) => step(id, { ...values } as Step['params'])),
    );

  it('is read back by parseStep to the same step', () => {
    fc.assert(
      fc.property(anyStep, (any) => {
        expect(parseStep(formatStep(any), FILTERS)).toEqual(any);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read back whatever text a choice has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const filters = [filter('free', choice('text', text), number('n', 0, 1, 1, 0))];
        const any = step('free', { text, n: 1 });
        expect(parseStep(formatStep(any), filters)).toEqual(any);
      }),
    );
  });

  it('reads as a person would write it', () => {
    expect(formatStep(step('grayscale'))).toBe('grayscale');
    expect(formatStep(step('gaussian-blur', { sigma: 1.4 }))).toBe('gaussian-blur:sigma=1.4');
    expect(formatStep(step('everything', { shape: 'max(r,g)', amount: 1, fast: true }))).toBe(
      'everything:shape="max(r,g)",amount=1,fast=true',
    );
  });
});
