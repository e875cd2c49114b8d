/** What conformance tests try gamma with: brighter, darker, as it is. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = { id: 'gamma', params: [{ gamma: 2.2 }, { gamma: 0.45 }, { gamma: 1 }] };
