/** What conformance tests try the guided filter with: hardly any, much, and a window larger than the smaller pictures. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'guided',
  params: [
    { radius: 1, strength: 0.01 },
    { radius: 6, strength: 0.15 },
  ],
  slow: [{ radius: 45, strength: 1 }],
};
