/** What conformance tests try median with: both sorting networks, histograms, and a window larger than most pictures. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'median',
  params: [{ radius: 1 }, { radius: 2 }, { radius: 3 }],
  slow: [{ radius: 10 }, { radius: 50 }],
};
