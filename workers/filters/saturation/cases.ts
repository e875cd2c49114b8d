/** What conformance tests try saturation with: grey, paler, stronger, far beyond what can be shown. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'saturation',
  params: [{ amount: -100 }, { amount: -37 }, { amount: 25 }, { amount: 300 }],
};
