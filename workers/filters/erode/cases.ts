/** What conformance tests try erosion with: every shape, even sizes, one axis only, larger than a small picture. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'erode',
  params: [
    { shape: 'rectangle', width: 3, height: 3 },
    { shape: 'rectangle', width: 18, height: 5 },
    { shape: 'ellipse', width: 7, height: 6 },
    { shape: 'cross', width: 4, height: 9 },
  ],
  slow: [
    { shape: 'rectangle', width: 1, height: 70 },
    { shape: 'rectangle', width: 67, height: 1 },
    { shape: 'ellipse', width: 41, height: 33 },
  ],
};
