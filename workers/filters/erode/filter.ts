/** Owns what erosion is: its words. The element is kernels/element.ts, the arithmetic kernels/morphology.ts. */
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

export const erode = defineFilter<ElementParams>({
  id: 'erode',
  group: 'edges',
  label: { en: 'Erode', 'zh-CN': '腐蚀' },
  help: {
    en: 'Each pixel becomes the darkest under the shape: bright things shrink, specks of light go, dark lines thicken.',
    'zh-CN': '每个像素取形状范围内最暗的值:亮部收缩,亮点消失,暗线变粗。',
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
    callKernel(kernels, 'erode', job, job.scratch);
  },
});
