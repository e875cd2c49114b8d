/** Owns what dilation is: its words. The element is kernels/element.ts, the arithmetic kernels/morphology.ts. */
import {
  type ElementParams,
  elementParams,
  elementReach,
  elementTaps,
  stepScratchBytes,
  writeElement,
} from '../../kernels/element.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

export const dilate = defineFilter<ElementParams>({
  id: 'dilate',
  group: 'edges',
  label: { en: 'Dilate', 'zh-CN': '膨胀' },
  help: {
    en: 'Each pixel becomes the brightest under the shape: bright things grow, dark specks go, dark lines thin out.',
    'zh-CN': '每个像素取形状范围内最亮的值:亮部扩张,暗点消失,暗线变细。',
  },
  params: elementParams,
  depth: [8, 16],
  // As good as no border at all: a replicated pixel always stands under the element itself too.
  border: 'replicate',
  halo: elementReach,
  taps: elementTaps,
  scratchBytes: ({ width, channels, depth }, params) => stepScratchBytes(params, width, channels, depth),
  scalar,
  simd(job, params, kernels) {
    writeElement(job, params);
    callKernel(kernels, 'dilate', job, job.scratch);
  },
});
