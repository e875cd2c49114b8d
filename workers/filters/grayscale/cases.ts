/** What conformance tests try grayscale with. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = { id: 'grayscale', params: [{}] };
