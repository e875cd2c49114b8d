/** The text of a convolution's weights: what it may say, and where a fault is told to be. */
import { expect, it } from 'vitest';
import { checkStep } from '../../preload/chain.ts';
import { asFault } from '../../preload/faults.ts';
import { INFOS } from '../../workers/filters/catalogue.ts';
import { weightsOf } from '../../workers/filters/convolve/weights.ts';

const read = (kernel: string, divisor = 0) => weightsOf({ kernel, divisor, offset: 0 });

it('reads rows parted by a slash or a line, numbers by spaces or commas; zeros are no taps', () => {
  const written = { width: 3, height: 2, divisor: 4 };
  const taps = [
    { dx: -1, dy: -1, weight: 1 },
    { dx: 1, dy: -1, weight: -0.5 },
    { dx: 0, dy: 0, weight: 3.5 },
  ];
  expect(read('1 0 -.5 / 0 3.5 0')).toEqual({ ...written, taps });
  expect(read(' 1, 0, -5e-1\n0,3.5,0\n')).toEqual({ ...written, taps });
});

it('divides by the sum unless told otherwise, and never by nothing', () => {
  expect(read('1 2 1').divisor).toBe(4);
  expect(read('1 2 1', 3).divisor).toBe(3);
  expect(read('-1 0 1').divisor).toBe(1);
  expect(read('0.1 0.2 -0.3').divisor).toBe(1);
});

it.each([
  ['', '1 2 1 / 2 4 2 / 1 2 1', ''],
  ['1 2 / 3', '2 × 2', '2: 1 × 1'],
  ['1 2 / 3 x', '-1000000 … 1000000', '2:2 "x"'],
  ['1 2 / 1e7 4', '-1000000 … 1000000', '2:1 "1e7"'],
  ['1 Infinity', '-1000000 … 1000000', '1:2 "Infinity"'],
  [Array.from({ length: 32 }, () => '1').join(' '), '≤ 31 × 31', '32 × 1'],
])('refuses %j with its place', (kernel, expected, received) => {
  try {
    checkStep(INFOS, { filter: 'convolve', params: { kernel }, enabled: true });
    expect.unreachable();
  } catch (error) {
    const { code, detail } = asFault(error);
    expect({ code, detail }).toEqual({
      code: 'E_PARAM',
      detail: { filter: 'convolve', param: 'kernel', expected, received },
    });
  }
});
