/** Owns what threshold is: its words and ranges, and that Otsu's method counts the whole picture first. See scalar.ts. */
import {
  histogram,
  histogramLength,
  histogramScalar,
  histogramScratchBytes,
  levelsOf,
} from '../../kernels/histogram.ts';
import { lookup, lookupScratchBytes } from '../../kernels/lut.ts';
import { callKernel, defineFilter } from '../define.ts';
import { curvesOf, limitsOf, otsuLevel, scalar, type ThresholdParams } from './scalar.ts';

const countedOf = ({ of }: ThresholdParams) => (of === 'channels' ? 'colours' : 'luma');

export const threshold = defineFilter<ThresholdParams>({
  id: 'threshold',
  group: 'tone',
  label: { en: 'Threshold', 'zh-CN': '阈值' },
  help: {
    en: 'Makes everything over a level white and the rest black: line art, text, masks.',
    'zh-CN': '高于某一色阶的部分变白,其余变黑:适用于线稿、文字和蒙版。',
  },
  params: [
    {
      name: 'level',
      type: 'number',
      label: { en: 'Level', 'zh-CN': '色阶' },
      help: {
        en: 'What is lighter than this level (of 255) becomes white. Not used where the level is found by Otsu.',
        'zh-CN': '比此色阶(共 255 级)更亮的部分变为白色。使用 Otsu 方法时此项无效。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 128,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'method',
      type: 'choice',
      label: { en: 'Method', 'zh-CN': '方法' },
      help: {
        en: 'Fixed takes the level above; Otsu finds for each photo the level that parts light from dark best.',
        'zh-CN': '“固定”使用上面的色阶;“Otsu”为每张照片寻找最能区分明暗的色阶。',
      },
      options: [
        { value: 'fixed', label: { en: 'Fixed', 'zh-CN': '固定' } },
        { value: 'otsu', label: { en: 'Otsu', 'zh-CN': 'Otsu' } },
      ],
      default: 'fixed',
    },
    {
      name: 'of',
      type: 'choice',
      label: { en: 'Of', 'zh-CN': '对象' },
      help: {
        en: 'Luminance gives black and white; channels treats red, green and blue each, which leaves eight colours.',
        'zh-CN': '“亮度”得到黑白画面;“通道”分别处理红、绿、蓝,得到八种颜色。',
      },
      options: [
        { value: 'luminance', label: { en: 'Luminance', 'zh-CN': '亮度' } },
        { value: 'channels', label: { en: 'Channels', 'zh-CN': '通道' } },
      ],
      default: 'luminance',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  channels(channels, { of }) {
    if (of === 'channels' || channels < 3) return channels;
    return channels === 4 ? 2 : 1;
  },
  scratchBytes: lookupScratchBytes,
  statistics: {
    needed: ({ method }) => method === 'otsu',
    halo: () => 0,
    scratchBytes: (shape, params) => histogramScratchBytes(shape, countedOf(params)),
    length: (picture, params) => histogramLength(picture, countedOf(params)),
    scalar: (job, params, count) => histogramScalar(job, countedOf(params), count),
    simd: (job, params, count, kernels) => histogram(kernels, 'thresholdCount', job, countedOf(params), count),
    know(count, _params, { depth }) {
      const levels = levelsOf(depth);
      const tables = Array.from({ length: count.length / levels }, (_, i) =>
        count.subarray(i * levels, (i + 1) * levels),
      );
      return { limits: Int32Array.from(tables, otsuLevel) };
    },
  },
  scalar,
  simd(job, params, kernels, known) {
    const limits = limitsOf(params, job.depth, known);
    if (params.of === 'luminance') return callKernel(kernels, 'threshold', job, limits[0] ?? 0);
    const key = params.method === 'otsu' ? known : params;
    lookup(kernels, 'thresholdChannels', job, key, () => curvesOf(limits, job.depth));
  },
});
