/** What conformance tests try opening with: every shape, even sizes, larger than a small picture. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'open',
  params: [
    { shape: 'rectangle', width: 4, height: 3 },
    { shape: 'ellipse', width: 7, height: 6 },
  ],
  slow: [
    { shape: 'rectangle', width: 12, height: 47 },
    { shape: 'cross', width: 9, height: 12 },
  ],
};
