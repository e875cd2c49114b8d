/** What conformance tests try unsharp mask with: plain, strong enough to clamp, and with a threshold. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'unsharp-mask',
  params: [
    { sigma: 1, amount: 1, threshold: 0 },
    { sigma: 2.3, amount: 5, threshold: 0 },
    { sigma: 1.2, amount: 0.7, threshold: 9 },
  ],
  slow: [{ sigma: 60, amount: 1.35, threshold: 0 }],
};
