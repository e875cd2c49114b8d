/** What conformance tests try white balance with: by itself, and by hand in both directions. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'white-balance',
  params: [
    { method: 'grey-world', temperature: 0, tint: 0 },
    { method: 'temperature', temperature: 40, tint: -15 },
    { method: 'temperature', temperature: -100, tint: 100 },
  ],
};
