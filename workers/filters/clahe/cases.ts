/** What conformance tests try CLAHE with: as it comes, without a limit, one region, more regions than small pictures have pixels. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'clahe',
  params: [
    { limit: 2, tiles: 8 },
    { limit: 0, tiles: 1 },
    { limit: 7.5, tiles: 5 },
  ],
  slow: [{ limit: 3, tiles: 16 }],
};
