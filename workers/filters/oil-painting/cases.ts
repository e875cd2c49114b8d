/** What conformance tests try oil painting with: small squares whose counts fit 8 bits, large ones that need 16. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'oil-painting',
  // The brush follows the picture: on 257 px these are 1 and 3 px (golden-painterly.test.ts has larger ones).
  params: [
    { radius: 7, detail: 50, strength: 1 },
    { radius: 7, detail: 70, strength: 0.6 },
  ],
  slow: [{ radius: 40, detail: 100, strength: 1 }],
};
