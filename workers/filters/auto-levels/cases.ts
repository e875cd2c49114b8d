/** What conformance tests try auto levels with: nothing let go, some, and so much that only a band is left. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'auto-levels',
  params: [
    { clip: 0, colours: 'together' },
    { clip: 2.5, colours: 'apart' },
    { clip: 20, colours: 'together' },
  ],
};
