/** Owns what curves is: its words and ranges. The curve is in scalar.ts, its cubic in kernels/monotone-cubic.ts. */
import { lookup, lookupScratchBytes } from '../../kernels/lut.ts';
import { defineFilter } from '../define.ts';
import { type CurvesParams, curvesOf, scalar } from './scalar.ts';

export const curves = defineFilter<CurvesParams>({
  id: 'curves',
  group: 'tone',
  label: { en: 'Curves', 'zh-CN': '曲线' },
  help: {
    en: 'Lifts or lowers five regions of tone by a smooth curve that never turns back between its points.',
    'zh-CN': '用一条平滑、不回弯的曲线分别提亮或压暗五个影调区域。',
  },
  params: [
    {
      name: 'shadows',
      type: 'number',
      label: { en: 'Shadows', 'zh-CN': '阴影' },
      help: {
        en: 'Lifts (above 0) or lowers the deepest tones, at a sixth of the way to white.',
        'zh-CN': '提亮(大于 0)或压暗最深的影调(到白色的六分之一处)。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: -10,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'darks',
      type: 'number',
      label: { en: 'Darks', 'zh-CN': '暗调' },
      help: {
        en: 'Lifts (above 0) or lowers the dark tones, at a third.',
        'zh-CN': '提亮(大于 0)或压暗较暗的影调(三分之一处)。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: -10,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'midtones',
      type: 'number',
      label: { en: 'Midtones', 'zh-CN': '中间调' },
      help: {
        en: 'Lifts (above 0) or lowers the middle tones.',
        'zh-CN': '提亮(大于 0)或压暗中间影调(二分之一处)。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'lights',
      type: 'number',
      label: { en: 'Lights', 'zh-CN': '亮调' },
      help: {
        en: 'Lifts (above 0) or lowers the light tones, at two thirds.',
        'zh-CN': '提亮(大于 0)或压暗较亮的影调(三分之二处)。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: 10,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'highlights',
      type: 'number',
      label: { en: 'Highlights', 'zh-CN': '高光' },
      help: {
        en: 'Lifts (above 0) or lowers the lightest tones, at five sixths.',
        'zh-CN': '提亮(大于 0)或压暗最亮的影调(六分之五处)。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: 10,
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
    lookup(kernels, 'curves', job, params, () => curvesOf(params, job.depth));
  },
});
