/** Owns what opening is: its words. Erosion, then dilation of what that made; kernels/element.ts, kernels/morphology.ts. */
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

export const open = defineFilter<ElementParams>({
  id: 'open',
  group: 'edges',
  label: { en: 'Open', 'zh-CN': '开运算' },
  help: {
    en: 'Removes bright specks and thin bright lines smaller than the shape; all else keeps its size. (Erode, then dilate.)',
    'zh-CN': '去除小于形状的亮点和细亮线,其余部分大小不变。(先腐蚀后膨胀)',
  },
  params: elementParams,
  depth: [8, 16],
  // As good as no border at all: a replicated pixel always stands under the element itself too.
  border: 'replicate',
  halo: (params) => 2 * elementReach(params),
  taps: (params, depth) => 2 * elementTaps(params, depth),
  scratchBytes: morphScratchBytes,
  scalar,
  simd(job, params, kernels) {
    writeElement(job, params);
    callKernel(kernels, 'open', job, job.scratch, ...middleOf(job, params));
  },
});
