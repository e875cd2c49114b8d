/** Owns what rank is: its words and ranges. The machinery is median's: kernels/order.ts. */
import { rankScratchBytes, rankTaps } from '../../kernels/order.ts';
import { callKernel, defineFilter } from '../define.ts';
import { type RankParams, rankOf, scalar } from './scalar.ts';

export const rank = defineFilter<RankParams>({
  id: 'rank',
  group: 'blur',
  label: { en: 'Rank', 'zh-CN': '排序滤波' },
  help: {
    en: 'Each pixel takes a chosen place in the brightness order around it: low removes bright specks, high removes dark ones.',
    'zh-CN': '每个像素取周围亮度排序中的指定位置:低值去除亮斑,高值去除暗斑。',
  },
  params: [
    {
      name: 'percentile',
      type: 'number',
      label: { en: 'Percentile', 'zh-CN': '百分位' },
      help: {
        en: '0 is the darkest value around a pixel, 50 the middle one (median), 100 the brightest.',
        'zh-CN': '0 为周围最暗的值,50 为中间值(中值),100 为最亮的值。',
      },
      min: 0,
      max: 100,
      step: 1,
      default: 25,
      unit: '%',
      scale: 'linear',
    },
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'Pixels on each side of the middle one that are put in order.',
        'zh-CN': '中心像素每一侧参与排序的像素数。',
      },
      min: 1,
      max: 50,
      step: 1,
      default: 2,
      unit: 'px',
      scale: 'log',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: ({ radius }) => radius,
  taps: ({ radius }, depth) => rankTaps(radius, depth),
  scratchBytes: rankScratchBytes,
  scalar,
  simd(job, params, kernels) {
    callKernel(kernels, 'rank', job, params.radius, rankOf(params), job.scratch);
  },
});
