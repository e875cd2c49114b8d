/** Owns what colour key is: its words and ranges, and that it adds alpha where there is none. See scalar.ts. */
import { callKernel, defineFilter } from '../define.ts';
import { type ColorKeyParams, keyOf } from './params.ts';
import { scalar } from './scalar.ts';

export const colorKey = defineFilter<ColorKeyParams>({
  id: 'color-key',
  group: 'tone',
  label: { en: 'Colour to transparency', 'zh-CN': '颜色变透明' },
  help: {
    en: 'Makes one colour transparent, white to begin with: cut-outs from a plain background. Needs PNG, WebP, AVIF or TIFF.',
    'zh-CN': '将一种颜色(默认为白色)变为透明,用于从纯色背景中抠图。需保存为 PNG、WebP、AVIF 或 TIFF。',
  },
  params: [
    {
      name: 'red',
      type: 'number',
      label: { en: 'Red', 'zh-CN': '红' },
      help: {
        en: 'Red of the colour that becomes transparent (of 255).',
        'zh-CN': '要变为透明的颜色的红色分量(0–255)。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 255,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'green',
      type: 'number',
      label: { en: 'Green', 'zh-CN': '绿' },
      help: {
        en: 'Green of the colour that becomes transparent (of 255).',
        'zh-CN': '要变为透明的颜色的绿色分量(0–255)。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 255,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'blue',
      type: 'number',
      label: { en: 'Blue', 'zh-CN': '蓝' },
      help: {
        en: 'Blue of the colour that becomes transparent (of 255).',
        'zh-CN': '要变为透明的颜色的蓝色分量(0–255)。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 255,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'tolerance',
      type: 'number',
      label: { en: 'Tolerance', 'zh-CN': '容差' },
      help: {
        en: 'Colours no farther from it than this many levels are fully transparent.',
        'zh-CN': '与该颜色相差不超过此级数的颜色完全透明。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 10,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'softness',
      type: 'number',
      label: { en: 'Softness', 'zh-CN': '柔和度' },
      help: {
        en: 'Over how many levels more the picture becomes opaque: 0 cuts hard edges.',
        'zh-CN': '再经过多少级过渡到不透明:0 得到硬边缘。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 20,
      unit: '',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  channels: (channels) => (channels < 3 ? 2 : 4),
  scalar,
  simd(job, params, kernels) {
    const { colour, tolerance, slope } = keyOf(params, job.depth);
    callKernel(kernels, 'colorKey', job, ...colour, tolerance, slope);
  },
});
