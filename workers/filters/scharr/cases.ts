/** What conformance tests try Scharr with: every output, weaker and stronger. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'scharr',
  params: [
    { output: 'both', strength: 1 },
    { output: 'across', strength: 0.3 },
    { output: 'down', strength: 1 },
    { output: 'across-signed', strength: 1.7 },
    { output: 'down-signed', strength: 0.5 },
  ],
};
