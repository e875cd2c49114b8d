/** Recipe files as strangers make them (F84): refused with the place, or read as they say; nothing else comes of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FilterInfo } from '../../preload/contract.ts';
import { Fault, tellFault, toRecord } from '../../preload/faults.ts';
import { formatRecipe, parseRecipe } from '../../preload/recipe.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const filters: FilterInfo[] = [
  { id: 'grayscale', group: 'tone', label: both('g'), help: both('g'), params: [], depth: [8, 16] },
  {
    ...{ id: 'gaussian-blur', group: 'blur', label: both('b'), help: both('b'), depth: [8, 16] },
    params: [
      {
        ...{ name: 'sigma', type: 'number', label: both('s'), help: both('s') },
        ...{ min: 0.3, max: 100, step: 0.1, default: 1, unit: 'px', scale: 'log' },
      },
    ],
  },
];
const plain = { version: 1, id: 'aerial', name: 'Aerial', steps: [{ filter: 'grayscale' }] };
const withStep = (step: unknown) => ({ ...plain, steps: [{ filter: 'grayscale' }, step] });

function refusal(text: string): Fault {
  try {
    parseRecipe(text, filters);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('it was taken');
}

test('what cli.md shows is read, and what may be left out is filled in', () => {
  const output = { format: 'jpeg', quality: 90, name: '{name}' };
  const step = { filter: 'gaussian-blur', params: { sigma: 2 }, enabled: false };
  expect(parseRecipe(JSON.stringify({ ...plain, steps: [step, { filter: 'grayscale' }], output }), filters)).toEqual({
    ...plain,
    steps: [step, { filter: 'grayscale', params: {}, enabled: true }],
    output,
  });
  const bare = parseRecipe(`\ufeff${JSON.stringify(plain)}`, filters);
  expect(parseRecipe(formatRecipe(bare), filters)).toEqual(bare);
});

describe('refused', () => {
  test.each([
    ['no JSON', '{"version": 1,', 'JSON'],
    ['NaN', '{"version": NaN}', 'JSON'],
    ['an array', '[]', 'JSON'],
    ['another version', JSON.stringify({ ...plain, version: 2 }), 'version'],
    ['an id that climbs', JSON.stringify({ ...plain, id: '../../x' }), 'id'],
    ['an id with letters of two sizes', JSON.stringify({ ...plain, id: 'Aerial' }), 'id'],
    ['no name', JSON.stringify({ ...plain, name: '' }), 'name'],
    ['no steps', JSON.stringify({ ...plain, steps: [] }), 'steps'],
    ['65 steps', JSON.stringify({ ...plain, steps: Array(65).fill({ filter: 'grayscale' }) }), 'steps'],
    ['a million steps', JSON.stringify({ ...plain, steps: Array(20_000).fill({ filter: 'grayscale' }) }), 'JSON'],
    ['an unknown filter', JSON.stringify(withStep({ filter: 'sepia' })), 'steps.1.filter'],
    ['an unknown param', JSON.stringify(withStep({ filter: 'grayscale', params: { x: 1 } })), 'steps.1.params.x'],
    [
      'a value out of range',
      JSON.stringify(withStep({ filter: 'gaussian-blur', params: { sigma: 1e9 } })),
      'steps.1.params.sigma',
    ],
    [
      'infinity',
      JSON.stringify(withStep({ filter: 'gaussian-blur', params: { sigma: 7 } })).replace('7', '1e999'),
      'steps.1.params.sigma',
    ],
    ['a word misspelt', JSON.stringify(withStep({ filter: 'grayscale', enable: false })), 'steps.1.enable'],
    ['a folder of its own', JSON.stringify({ ...plain, output: { folder: '//server/share' } }), 'output.folder'],
    ['quality 101', JSON.stringify({ ...plain, output: { quality: 101 } }), 'output.quality'],
    ['__proto__', '{"__proto__": {"polluted": 1}, "version": 1}', '__proto__'],
    [
      '__proto__ among params',
      '{"version":1,"id":"a","name":"a","steps":[{"filter":"grayscale","params":{"__proto__":{"polluted":1}}}]}',
      'steps.0.params.__proto__',
    ],
    ['a constructor', '{"version":1,"constructor":{"prototype":{"polluted":1}}}', 'constructor'],
    ['a hundred thousand brackets', `{"steps": ${'['.repeat(1e5)}${']'.repeat(1e5)}}`, 'steps.0.0.0'],
    ['two megabytes', JSON.stringify({ ...plain, name: 'x'.repeat(2 ** 21) }), 'JSON'],
  ])('%s', (_, text, place) => {
    const fault = refusal(text);
    expect(fault.code).toBe('E_RECIPE');
    expect(fault.detail.place).toMatch(new RegExp(`^${place.replace(/\./g, '\\.')}`));
    for (const language of ['en', 'zh-CN'] as const) {
      const { reason, remedy } = tellFault(toRecord(fault), language);
      expect(reason + remedy).not.toMatch(/[{}](?:place|expected|received)/);
      expect(reason.length).toBeLessThan(400);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test('whatever text it is: a recipe or E_RECIPE, and soon', () => {
  const near = fc.record(
    {
      version: fc.constantFrom(1, 2, '1'),
      id: fc.constantFrom('a', '../a', 'A', ''),
      name: fc.string(),
      steps: fc.array(
        fc.record(
          {
            filter: fc.constantFrom('grayscale', 'gaussian-blur', 'x'),
            params: fc.jsonValue(),
            enabled: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
      ),
      output: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        near.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        try {
          const recipe = parseRecipe(text, filters);
          expect(parseRecipe(formatRecipe(recipe), filters)).toEqual(recipe);
        } catch (error) {
          expect(error).toMatchObject({ code: 'E_RECIPE' });
        }
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      },
    ),
    { numRuns: 500 },
  );
});
