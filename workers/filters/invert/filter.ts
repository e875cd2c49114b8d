/** Owns what invert is: its words. Every colour sample becomes what it lacks to white. */
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

export const invert = defineFilter({
  id: 'invert',
  group: 'tone',
  label: { en: 'Invert', 'zh-CN': '反相' },
  help: {
    en: 'Turns light into dark and each colour into its opposite: a negative, or a positive of a scanned negative.',
    'zh-CN': '明暗互换,颜色变为补色:得到负片,或将扫描的底片还原为正片。',
  },
  params: [],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scalar,
  simd(job, _params, kernels) {
    callKernel(kernels, 'invert', job);
  },
});
