/** What conformance tests try brightness and contrast with: up, down, and left alone. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'brightness-contrast',
  params: [
    { brightness: 0, contrast: 0 },
    { brightness: 30, contrast: 45 },
    { brightness: -55, contrast: -20 },
  ],
};
