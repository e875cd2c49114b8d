/** What conformance tests try the Laplacian with: both neighbourhoods, both outputs, weaker and stronger. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'laplacian',
  params: [
    { neighbours: '4', output: 'absolute', strength: 1 },
    { neighbours: '4', output: 'signed', strength: 0.7 },
    { neighbours: '8', output: 'absolute', strength: 2.1 },
    { neighbours: '8', output: 'signed', strength: 1 },
  ],
};
