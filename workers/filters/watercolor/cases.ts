/** What conformance tests try watercolour with: as it comes, and washes that reach over many pixels. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'watercolor',
  // Washes follow the picture: 4 px on 257 (golden-painterly.test.ts has larger ones).
  params: [{ radius: 60, detail: 50, strength: 1 }],
  slow: [{ radius: 240, detail: 20, strength: 0 }],
};
