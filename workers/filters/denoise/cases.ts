/** What conformance tests try denoise with: weak, strong, and far-reaching. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'denoise',
  params: [
    { strength: 5, reach: 1 },
    { strength: 40, reach: 2 },
  ],
  slow: [{ strength: 20, reach: 6 }],
};
