/** What conformance tests try convolution with: whole weights and fractions, even sizes, one row, nothing but zeros, beyond the small pictures. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'convolve',
  params: [
    { kernel: '1 2 1 / 2 4 2 / 1 2 1', divisor: 0, offset: 0 },
    { kernel: '-0.3 1.7 0 0.125\n0.2 -0.9 1e-3 .4', divisor: 0.7, offset: 30 },
    { kernel: '3 -2 0 7 1 / 0 0 -1 0 0 / -5 1 2 0 4', divisor: 1, offset: -12 },
    { kernel: '0', divisor: 0, offset: 77 },
  ],
  slow: [
    {
      kernel: Array.from({ length: 31 }, (_, y) => Array.from({ length: 31 }, (_, x) => (x * y) % 7).join(' ')).join(
        '/',
      ),
      divisor: 0,
      offset: 0,
    },
    { kernel: '-1 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0 1 0 0.5', divisor: 2, offset: -20 },
  ],
};
