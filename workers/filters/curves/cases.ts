/** What conformance tests try curves with: an S, points that go down again, and all left alone. */
import type { FilterCases } from '../define.ts';

export const cases: FilterCases = {
  id: 'curves',
  params: [
    { shadows: -20, darks: -15, midtones: 0, lights: 15, highlights: 20 },
    { shadows: 100, darks: -100, midtones: 60, lights: -80, highlights: 100 },
    { shadows: 0, darks: 0, midtones: 0, lights: 0, highlights: 0 },
  ],
};
