/** Owns what the top hat is: its words. The picture less its opening; kernels/element.ts, kernels/morphology.ts. */
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

export const topHat = defineFilter<ElementParams>({
  id: 'top-hat',
  group: 'edges',
  label: { en: 'Top hat', 'zh-CN': '顶帽' },
  help: {
    en: 'Keeps only what is brighter than its surroundings and smaller than the shape: lettering, stars, dust on a dark ground.',
    'zh-CN': '只保留比周围亮且小于形状的部分:如文字、星点、深色背景上的灰尘。',
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
    callKernel(kernels, 'topHat', job, job.scratch, ...middleOf(job, params));
  },
});
