/** What conformance tests try colour key with: white, a colour with soft edges, a hard cut. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'color-key',
  params: [
    { red: 255, green: 255, blue: 255, tolerance: 10, softness: 20 },
    { red: 40, green: 180, blue: 90, tolerance: 30, softness: 97 },
    { red: 0, green: 0, blue: 0, tolerance: 0, softness: 0 },
  ],
  makesAlpha: true,
};
