/** Owns what saturation is: its words and range. The arithmetic is in scalar.ts. */
import { callKernel, defineFilter } from '../define.ts';
import { factorOf, type SaturationParams, scalar } from './scalar.ts';

export const saturation = defineFilter<SaturationParams>({
  id: 'saturation',
  group: 'tone',
  label: { en: 'Saturation', 'zh-CN': '饱和度' },
  help: {
    en: 'Makes colours stronger or paler without making them lighter or darker.',
    'zh-CN': '增强或减淡颜色,明暗保持不变。',
  },
  params: [
    {
      name: 'amount',
      type: 'number',
      label: { en: 'Amount', 'zh-CN': '数量' },
      help: {
        en: 'At -100 only grey is left, at 100 colours are twice as far from it.',
        'zh-CN': '-100 时只剩灰色,100 时颜色与灰色的距离加倍。',
      },
      min: -100,
      max: 300,
      step: 1,
      default: 25,
      unit: '%',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scalar,
  simd(job, params, kernels) {
    callKernel(kernels, 'saturation', job, factorOf(params));
  },
});
