/** What conformance tests try coloured pencil with: as it comes, and windows that reach over many pixels. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'color-pencil',
  // Windows follow the picture: 6 px on 257 (golden-painterly.test.ts has larger ones).
  params: [{ radius: 60, detail: 50, strength: 1 }],
  slow: [{ radius: 240, detail: 0, strength: 2.5 }],
};
