/** Owns what gamma is: its words and range. The curve is in scalar.ts. */
import { lookup, lookupScratchBytes } from '../../kernels/lut.ts';
import { defineFilter } from '../define.ts';
import { curvesOf, type GammaParams, scalar } from './scalar.ts';

export const gamma = defineFilter<GammaParams>({
  id: 'gamma',
  group: 'tone',
  label: { en: 'Gamma', 'zh-CN': '伽马' },
  help: {
    en: 'Brightens or darkens the middle of the picture while black and white stay where they are.',
    'zh-CN': '提亮或压暗画面的中间调,黑与白保持不变。',
  },
  params: [
    {
      name: 'gamma',
      type: 'number',
      label: { en: 'Gamma', 'zh-CN': '伽马' },
      help: {
        en: 'Over 1 brightens, under 1 darkens: a sample is raised to the power of 1 / gamma.',
        'zh-CN': '大于 1 提亮,小于 1 压暗:采样值取 1/伽马 次幂。',
      },
      min: 0.1,
      max: 10,
      step: 0.01,
      default: 1.2,
      unit: '',
      scale: 'log',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scratchBytes: lookupScratchBytes,
  scalar,
  simd(job, params, kernels) {
    lookup(kernels, 'gamma', job, params, () => curvesOf(params, job.depth));
  },
});
