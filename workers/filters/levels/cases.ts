/** What conformance tests try levels with: as it comes, every number changed, turned over, and points that cross. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'levels',
  params: [
    { black: 10, white: 245, gamma: 1, outBlack: 0, outWhite: 255 },
    { black: 37, white: 201, gamma: 1.7, outBlack: 12, outWhite: 230 },
    { black: 0, white: 255, gamma: 0.4, outBlack: 255, outWhite: 0 },
    { black: 128, white: 100, gamma: 1, outBlack: 0, outWhite: 255 },
  ],
};
