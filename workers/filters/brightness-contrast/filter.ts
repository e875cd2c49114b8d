/** Owns what brightness and contrast is: its words and ranges. The curve is in scalar.ts. */
import { lookup, lookupScratchBytes } from '../../kernels/lut.ts';
import { defineFilter } from '../define.ts';
import { type BrightnessContrastParams, curvesOf, scalar } from './scalar.ts';

export const brightnessContrast = defineFilter<BrightnessContrastParams>({
  id: 'brightness-contrast',
  group: 'tone',
  label: { en: 'Brightness and contrast', 'zh-CN': '亮度/对比度' },
  help: {
    en: 'Makes the whole picture lighter or darker, and its differences stronger or weaker.',
    'zh-CN': '整体提亮或压暗画面,并增强或减弱明暗反差。',
  },
  params: [
    {
      name: 'brightness',
      type: 'number',
      label: { en: 'Brightness', 'zh-CN': '亮度' },
      help: {
        en: 'Below 0 darkens towards black, above 0 lightens towards white.',
        'zh-CN': '小于 0 向黑色压暗,大于 0 向白色提亮。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'contrast',
      type: 'number',
      label: { en: 'Contrast', 'zh-CN': '对比度' },
      help: {
        en: 'Below 0 draws everything towards middle grey, above 0 away from it.',
        'zh-CN': '小于 0 使一切趋向中灰,大于 0 使其远离中灰。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: 20,
      unit: '',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scratchBytes: lookupScratchBytes,
  scalar,
  simd(job, params, kernels) {
    lookup(kernels, 'brightnessContrast', job, params, () => curvesOf(params, job.depth));
  },
});
