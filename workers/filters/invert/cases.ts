/** What conformance tests try invert with. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = { id: 'invert', params: [{}] };
