/** What conformance tests try Sobel with: every output, weaker and stronger. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'sobel',
  params: [
    { output: 'both', strength: 1 },
    { output: 'across', strength: 0.3 },
    { output: 'down', strength: 1 },
    { output: 'across-signed', strength: 1.7 },
    { output: 'down-signed', strength: 0.5 },
  ],
};
