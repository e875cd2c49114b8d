/** What conformance tests try equalize with. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = { id: 'equalize', params: [{}] };
