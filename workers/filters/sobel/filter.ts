/** Owns what Sobel is: its words. The arithmetic is kernels/derivative.ts. */
import { outputNumber, type SlopeParams, slopeParams } from '../../kernels/derivative.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

export const sobel = defineFilter<SlopeParams>({
  id: 'sobel',
  group: 'edges',
  label: { en: 'Sobel edges', 'zh-CN': 'Sobel 边缘' },
  help: {
    en: 'Shows how steeply brightness changes at each pixel: edges bright, plain areas dark.',
    'zh-CN': '显示每个像素处明暗变化的陡峭程度:边缘明亮,平坦区域发黑。',
  },
  params: slopeParams,
  depth: [8, 16],
  border: 'reflect-101',
  halo: () => 1,
  taps: (_params, depth) => (depth === 8 ? 8 : 16),
  scalar,
  simd(job, params, kernels) {
    callKernel(kernels, 'sobel', job, outputNumber(params), Math.fround(params.strength));
  },
});
