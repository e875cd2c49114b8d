/** What conformance tests try dehaze with: none of it, all of it, with sky; the paper's own radius on a few. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'dehaze',
  params: [
    { strength: 0.95, sky: 0, radius: 5 },
    { strength: 0.7, sky: 0.4, radius: 8 },
  ],
  slow: [
    { strength: 0.95, sky: 0.2, radius: 60 },
    { strength: 0, sky: 0, radius: 5 },
  ],
};
