/** What conformance tests try Gaussian blur with: one tap a side, some, and cells of every size. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'gaussian-blur',
  params: [{ sigma: 0.3 }, { sigma: 1.4 }, { sigma: 4 }, { sigma: 13 }],
  // 335 and 431 px of halo: a few cases of it are enough.
  slow: [{ sigma: 25 }, { sigma: 100 }],
};
