/** Owns what the bilateral filter is: its words and ranges, what it costs. The arithmetic is in weights.ts. */
import { callKernel, defineFilter } from '../define.ts';
import { planeRowBytes, writeTables } from './layout.ts';
import { scalar } from './scalar.ts';
import { type BilateralParams, neighboursOf, toleranceFactor } from './weights.ts';

export const bilateral = defineFilter<BilateralParams>({
  id: 'bilateral',
  group: 'blur',
  label: { en: 'Bilateral', 'zh-CN': '双边滤波' },
  help: {
    en: 'Smooths skin, sky and noise but not across edges: only similar colours nearby are averaged.',
    'zh-CN': '平滑皮肤、天空和噪点而不越过边缘:只对附近相似的颜色取平均。',
  },
  params: [
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'How far around a pixel similar colours are looked for. Takes time with its square.',
        'zh-CN': '在像素周围多远范围内寻找相似颜色。耗时随其平方增长。',
      },
      min: 1,
      max: 10,
      step: 1,
      default: 4,
      unit: 'px',
      scale: 'linear',
    },
    {
      name: 'tolerance',
      type: 'number',
      label: { en: 'Tolerance', 'zh-CN': '容差' },
      help: {
        en: 'How different colours may be (levels of 255) and still blend; larger smooths stronger edges away.',
        'zh-CN': '颜色相差多少(共 255 级)仍会混合;越大则越强的边缘也会被抹平。',
      },
      min: 1,
      max: 255,
      step: 1,
      default: 30,
      unit: '',
      scale: 'log',
    },
    {
      name: 'spread',
      type: 'number',
      label: { en: 'Spread', 'zh-CN': '扩散' },
      help: {
        en: 'How slowly weight falls with distance: small keeps to the nearest pixels, large uses the whole radius.',
        'zh-CN': '权重随距离下降的快慢:小值只用最近的像素,大值用到整个半径。',
      },
      min: 0.5,
      max: 20,
      step: 0.1,
      default: 3,
      unit: 'px',
      scale: 'log',
    },
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: ({ radius }) => radius,
  // 0.4 ns a neighbour of a sample of three channels, in taps of 0.03 (4K, see kernel.as.ts).
  taps: (params) => 14 * neighboursOf(params).length,
  // The tables, the colours as planes of f32, and a row of each that is ready.
  scratchBytes({ width, height, channels, halo }, params) {
    const planes = channels < 3 ? 1 : 3;
    return 8 * neighboursOf(params).length + 16 + planes * planeRowBytes(width, halo) * (height + 2 * halo + 1);
  },
  scalar,
  simd(job, params, kernels) {
    const neighbours = neighboursOf(params);
    writeTables(job, neighbours);
    callKernel(
      kernels,
      'bilateral',
      job,
      params.radius,
      toleranceFactor(params, job.depth),
      neighbours.length,
      job.scratch,
    );
  },
});
