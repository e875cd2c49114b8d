/** Owns what Scharr is: its words. The arithmetic is kernels/derivative.ts. */
import { outputNumber, type SlopeParams, slopeParams } from '../../kernels/derivative.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

export const scharr = defineFilter<SlopeParams>({
  id: 'scharr',
  group: 'edges',
  label: { en: 'Scharr edges', 'zh-CN': 'Scharr 边缘' },
  help: {
    en: 'Like Sobel, but truer to slanted edges and about four times as strong.',
    'zh-CN': '与 Sobel 类似,但对斜向边缘更准确,强度约为其四倍。',
  },
  params: slopeParams,
  depth: [8, 16],
  border: 'reflect-101',
  halo: () => 1,
  taps: (_params, depth) => (depth === 8 ? 8 : 16),
  scalar,
  simd(job, params, kernels) {
    callKernel(kernels, 'scharr', job, outputNumber(params), Math.fround(params.strength));
  },
});
