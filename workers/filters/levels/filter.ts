/** Owns what levels is: its words and ranges. The curve is in scalar.ts. */
import { lookup, lookupScratchBytes } from '../../kernels/lut.ts';
import { defineFilter } from '../define.ts';
import { curvesOf, type LevelsParams, scalar } from './scalar.ts';

export const levels = defineFilter<LevelsParams>({
  id: 'levels',
  group: 'tone',
  label: { en: 'Levels', 'zh-CN': '色阶' },
  help: {
    en: 'Sets where black and white begin, and how bright the middle is. Rescues flat scans and hazy light.',
    'zh-CN': '设定黑场与白场的位置以及中间调的亮度。可改善发灰的扫描件和雾蒙蒙的光线。',
  },
  params: [
    {
      name: 'black',
      type: 'number',
      label: { en: 'Black point', 'zh-CN': '黑场' },
      help: {
        en: 'Everything at or below this level (of 255) becomes black.',
        'zh-CN': '不高于此色阶(共 255 级)的部分变为黑色。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 10,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'white',
      type: 'number',
      label: { en: 'White point', 'zh-CN': '白场' },
      help: {
        en: 'Everything at or above this level (of 255) becomes white.',
        'zh-CN': '不低于此色阶(共 255 级)的部分变为白色。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 245,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'gamma',
      type: 'number',
      label: { en: 'Midtones', 'zh-CN': '中间调' },
      help: {
        en: 'Over 1 brightens the middle, under 1 darkens it; black and white stay.',
        'zh-CN': '大于 1 提亮中间调,小于 1 压暗;黑与白不变。',
      },
      min: 0.1,
      max: 10,
      step: 0.01,
      default: 1,
      unit: '',
      scale: 'log',
    },
    {
      name: 'outBlack',
      type: 'number',
      label: { en: 'Output black', 'zh-CN': '输出黑场' },
      help: {
        en: 'The level (of 255) that black is drawn with.',
        'zh-CN': '黑色输出时所用的色阶(共 255 级)。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'outWhite',
      type: 'number',
      label: { en: 'Output white', 'zh-CN': '输出白场' },
      help: {
        en: 'The level (of 255) that white is drawn with; below output black the picture is inverted.',
        'zh-CN': '白色输出时所用的色阶(共 255 级);低于输出黑场则画面反相。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 255,
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
    lookup(kernels, 'levels', job, params, () => curvesOf(params, job.depth));
  },
});
