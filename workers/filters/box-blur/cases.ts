/** What conformance tests try box blur with: the smallest window, a middling one, and both sides of where single precision ends. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'box-blur',
  params: [{ radius: 1 }, { radius: 6 }],
  slow: [{ radius: 50 }, { radius: 51 }],
};
