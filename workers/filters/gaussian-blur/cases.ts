/** What conformance tests try Gaussian blur with: one tap a side, some, and more than the smaller pictures are wide. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'gaussian-blur',
  params: [{ sigma: 0.3 }, { sigma: 1.4 }, { sigma: 4 }],
  // 301 and 401 px of halo: a few cases of it are enough.
  slow: [{ sigma: 100 }],
};
