/** What conformance tests try box blur with: the smallest window, a middling one, one larger than most pictures. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'box-blur',
  params: [{ radius: 1 }, { radius: 6 }],
  slow: [{ radius: 40 }],
};
