/** What conformance tests try arithmetic with: all channels, one alone, and turned over. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'arithmetic',
  params: [
    { a: 1.37, b: -20, channel: 'all' },
    { a: 0.5, b: 30.5, channel: 'green' },
    { a: -1, b: 255, channel: 'all' },
    { a: 2, b: 0, channel: 'blue' },
  ],
};
