/** What conformance tests try Canny with: usual thresholds, everything an edge, the wrong way round, long weak lines. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'canny',
  params: [
    { low: 50, high: 150 },
    { low: 0, high: 0 },
    { low: 900, high: 350 },
    { low: 0, high: 700 },
  ],
};
