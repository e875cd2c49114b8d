/** Owns what the black hat is: its words. The closing of the picture less the picture; kernels/element.ts, kernels/morphology.ts. */
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

export const blackHat = defineFilter<ElementParams>({
  id: 'black-hat',
  group: 'edges',
  label: { en: 'Black hat', 'zh-CN': '黑帽' },
  help: {
    en: 'Keeps only what is darker than its surroundings and smaller than the shape, shown bright: cracks, hairs, ink on paper.',
    'zh-CN': '只保留比周围暗且小于形状的部分,并以亮色显示:如裂纹、毛发、纸上的墨迹。',
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
    callKernel(kernels, 'blackHat', job, job.scratch, ...middleOf(job, params));
  },
});
