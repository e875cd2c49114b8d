/** Owns what the morphological gradient is: its words. Dilation less erosion; kernels/element.ts, kernels/morphology.ts. */
import {
  type ElementParams,
  elementParams,
  elementReach,
  elementTaps,
  middleOf,
  morphScratchBytes,
  writeElement,
} from '../../kernels/element.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

export const gradient = defineFilter<ElementParams>({
  id: 'gradient',
  group: 'edges',
  label: { en: 'Gradient', 'zh-CN': '形态学梯度' },
  help: {
    en: 'Outlines every edge with the difference between the brightest and the darkest under the shape.',
    'zh-CN': '以形状范围内最亮与最暗之差勾勒每一条边缘。',
  },
  params: elementParams,
  depth: [8, 16],
  // As good as no border at all: a replicated pixel always stands under the element itself too.
  border: 'replicate',
  halo: elementReach,
  taps: (params, depth) => 2 * elementTaps(params, depth),
  scratchBytes: morphScratchBytes,
  scalar,
  simd(job, params, kernels) {
    writeElement(job, params);
    callKernel(kernels, 'gradient', job, job.scratch, ...middleOf(job, params).slice(0, 2));
  },
});
