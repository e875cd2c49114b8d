/** What conformance tests try rank with: both ends, between, and a window larger than most pictures. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'rank',
  params: [
    { radius: 1, percentile: 0 },
    { radius: 2, percentile: 20 },
    { radius: 3, percentile: 100 },
  ],
  slow: [{ radius: 20, percentile: 73 }],
};
