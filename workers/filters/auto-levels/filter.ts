/** Owns what auto levels is: its words and ranges, and that it counts the whole picture first. Arithmetic in scalar.ts. */
import {
  histogram,
  histogramLength,
  histogramScalar,
  histogramScratchBytes,
  levelsOf,
} from '../../kernels/histogram.ts';
import { lookup, lookupScratchBytes, whiteOf } from '../../kernels/lut.ts';
import { defineFilter } from '../define.ts';
import { type AutoLevelsParams, curvesOf, limitsOf, scalar } from './scalar.ts';

const countedOf = ({ colours }: AutoLevelsParams) => (colours === 'apart' ? 'colours' : 'together');

export const autoLevels = defineFilter<AutoLevelsParams>({
  id: 'auto-levels',
  group: 'tone',
  label: { en: 'Auto levels', 'zh-CN': '自动色阶' },
  help: {
    en: 'Stretches each photo to the full range from black to white, whatever the light it was taken in.',
    'zh-CN': '无论拍摄光线如何,将每张照片拉伸到从黑到白的完整范围。',
  },
  params: [
    {
      name: 'clip',
      type: 'number',
      label: { en: 'Clip', 'zh-CN': '裁剪' },
      help: {
        en: 'Share of the darkest and of the lightest samples that may become plain black and white.',
        'zh-CN': '允许变为纯黑和纯白的最暗与最亮采样的比例。',
      },
      min: 0,
      max: 20,
      step: 0.1,
      default: 0.5,
      unit: '%',
      scale: 'linear',
    },
    {
      name: 'colours',
      type: 'choice',
      label: { en: 'Colours', 'zh-CN': '颜色' },
      help: {
        en: 'Together keeps the mood of the light; apart stretches red, green and blue each, which takes away a colour cast.',
        'zh-CN': '“一起”保留光线氛围;“分别”单独拉伸红、绿、蓝,可去除偏色。',
      },
      options: [
        { value: 'together', label: { en: 'Together', 'zh-CN': '一起' } },
        { value: 'apart', label: { en: 'Apart', 'zh-CN': '分别' } },
      ],
      default: 'together',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scratchBytes: lookupScratchBytes,
  statistics: {
    halo: () => 0,
    scratchBytes: (shape, params) => histogramScratchBytes(shape, countedOf(params)),
    length: (picture, params) => histogramLength(picture, countedOf(params)),
    scalar: (job, params, count) => histogramScalar(job, countedOf(params), count),
    simd: (job, params, count, kernels) => histogram(kernels, 'autoLevelsCount', job, countedOf(params), count),
    know: (count, params, { depth }) => ({ limits: limitsOf(count, levelsOf(depth), params), white: whiteOf(depth) }),
  },
  scalar,
  simd(job, _params, kernels, known) {
    lookup(kernels, 'autoLevels', job, known, () => curvesOf(known));
  },
});
