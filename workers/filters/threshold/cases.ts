/** What conformance tests try threshold with: both methods, of luminance and of channels. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'threshold',
  params: [
    { level: 128, method: 'fixed', of: 'luminance' },
    { level: 200, method: 'fixed', of: 'channels' },
    { level: 0, method: 'otsu', of: 'luminance' },
    { level: 0, method: 'otsu', of: 'channels' },
  ],
};
