/** Owns what closing is: its words. Dilation, then erosion of what that made; kernels/element.ts, kernels/morphology.ts. */
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

export const close = defineFilter<ElementParams>({
  id: 'close',
  group: 'edges',
  label: { en: 'Close', 'zh-CN': '闭运算' },
  help: {
    en: 'Removes dark specks and gaps smaller than the shape; all else keeps its size. (Dilate, then erode.)',
    'zh-CN': '去除小于形状的暗点和缝隙,其余部分大小不变。(先膨胀后腐蚀)',
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
    callKernel(kernels, 'close', job, job.scratch, ...middleOf(job, params));
  },
});
