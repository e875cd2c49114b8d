/** What conformance tests try the expression with: every way in and out of a pixel, neighbours, places, every function. */
import type { FilterCases } from '../define.ts';

const unchanged = { r: 'r', g: 'g', b: 'b', a: 'a' };

export const cases: FilterCases = {
  id: 'expression',
  params: [
    unchanged,
    { ...unchanged, r: 'r*r' },
    { ...unchanged, r: 'r*r', g: 'g*g', b: '1 - b' },
    // Looked up at 8 bits; in the second not, for all that it is nearly alike.
    { ...unchanged, r: 'r^2.2', g: 'exp(g) - 1', b: 'clamp(b, 0.2, 0.8)' },
    { ...unchanged, r: 'r^2.2', g: 'exp(g) - 1 + 0.001*x', b: 'clamp(b, 0.2, 0.8)' },
    { ...unchanged, r: 'luma', g: 'luma', b: 'luma' },
    { ...unchanged, r: '(r[-8,0] + r[8,8] + r[0,-8]) / 3', g: 'max(g[1,0], g[-1,0])', b: 'a[0,3] - b[-2,-1]' },
    { ...unchanged, r: 'r^2.2 + 0.1*sin(x/9)*cos(y/7)', g: 'log(g)/exp(b)', b: 'x/width % 0.3 < 0.1 || y >= height/2' },
  ],
  slow: [
    { ...unchanged, a: 'r>0.94 && g>0.94 && b>0.94 ? 0 : a' },
    { r: 'clamp(r, 0.2, 0.8)', g: 'mix(r, b, a)', b: 'smoothstep(0.1, 0.7, b[1,1])', a: 'a * step(0.5, luma)' },
  ],
};
