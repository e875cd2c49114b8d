/** A chain as asked for and as it runs. */
import { describe, expect, it } from 'vitest';
import { Fault } from '../../preload/faults.ts';
import { filterById } from '../../workers/filters/catalogue.ts';
import { prepareChain, stagesOf } from '../../workers/pipeline/chain.ts';

const step = (filter: string, params: Record<string, number | string | boolean> = {}, enabled = true) => ({
  filter,
  params,
  enabled,
});

function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof Fault ? error.code : 'not a fault';
  }
}

describe('prepareChain', () => {
  it('fills in defaults and keeps the order', () => {
    const chain = prepareChain([step('gaussian-blur'), step('unsharp-mask', { amount: 2 })]);
    expect(chain.map(({ filter, params }) => [filter.id, params])).toEqual([
      ['gaussian-blur', { sigma: 2 }],
      ['unsharp-mask', { sigma: 1, amount: 2, threshold: 0 }],
    ]);
  });

  it('leaves steps out that are switched off, whatever they say', () => {
    const steps = [step('no-such-filter', {}, false), step('grayscale'), step('gaussian-blur', { sigma: -1 }, false)];
    expect(prepareChain(steps).map(({ filter }) => filter.id)).toEqual(['grayscale']);
  });

  it('refuses what it does not know', () => {
    expect(codeOf(() => prepareChain([step('no-such-filter')]))).toBe('E_NO_FILTER');
    expect(codeOf(() => filterById('no-such-filter'))).toBe('E_NO_FILTER');
    expect(codeOf(() => prepareChain([step('gaussian-blur', { sigma: 0.29 })]))).toBe('E_PARAM');
    expect(codeOf(() => prepareChain([step('gaussian-blur', { sigma: 101 })]))).toBe('E_PARAM');
    expect(codeOf(() => prepareChain([step('gaussian-blur', { radius: 2 })]))).toBe('E_PARAM');
    expect(codeOf(() => prepareChain([step('gaussian-blur', { sigma: Number.NaN })]))).toBe('E_PARAM');
  });
});

describe('stagesOf', () => {
  const picture = { width: 640, height: 480 };
  const chain = prepareChain([step('gaussian-blur', { sigma: 1.4 }), step('grayscale'), step('unsharp-mask')]);

  it('follows the channels', () => {
    const pairs = stagesOf(chain, 4, 8, picture).map(({ channelsIn, channelsOut }) => [channelsIn, channelsOut]);
    expect(pairs).toEqual([
      [4, 4],
      [4, 2],
      [2, 2],
    ]);
  });

  it('reaches 3 sigma at 8 bits and 4 at 16, as OpenCV chooses', () => {
    expect(stagesOf(chain, 3, 8, picture).map(({ halo }) => halo)).toEqual([4, 0, 3]);
    expect(stagesOf(chain, 3, 16, picture).map(({ halo }) => halo)).toEqual([6, 0, 4]);
  });
});
