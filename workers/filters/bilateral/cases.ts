/** What conformance tests try the bilateral filter with: tight, ordinary, and so tolerant that it is a blur. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'bilateral',
  params: [
    { radius: 1, tolerance: 1, spread: 0.5 },
    { radius: 3, tolerance: 30, spread: 2 },
  ],
  slow: [{ radius: 8, tolerance: 250, spread: 6 }],
};
