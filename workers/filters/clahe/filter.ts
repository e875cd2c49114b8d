/** Owns what CLAHE is: its words and ranges, and that it counts every region before the first tile. See scalar.ts. */
import { defineFilter } from '../define.ts';
import type { ClaheParams } from './grid.ts';
import { countScalar, scalar } from './scalar.ts';
import { binsOf, tablesOf } from './tables.ts';
import { countScratchBytes, countSimd, scratchBytes, simd } from './twin.ts';

export const clahe = defineFilter<ClaheParams>({
  id: 'clahe',
  group: 'tone',
  label: { en: 'Local contrast (CLAHE)', 'zh-CN': '局部对比度(CLAHE)' },
  help: {
    en: 'Equalizes each region by itself, up to a limit: opens shadows and skies at once without blowing up noise.',
    'zh-CN': '在限制之内分别均衡每个区域:同时打开阴影与天空的层次,而不放大噪点。',
  },
  params: [
    {
      name: 'limit',
      type: 'number',
      label: { en: 'Limit', 'zh-CN': '限制' },
      help: {
        en: "How much steeper than even a region's contrast may become; 0 sets no limit.",
        'zh-CN': '区域反差最多可比均匀分布陡多少倍;0 表示不限制。',
      },
      min: 0,
      max: 100,
      step: 0.1,
      default: 2,
      unit: '×',
      scale: 'linear',
    },
    {
      name: 'tiles',
      type: 'number',
      label: { en: 'Regions', 'zh-CN': '区域' },
      help: {
        en: 'How many regions the picture is divided into along each side: more bring out smaller detail.',
        'zh-CN': '画面每边划分的区域数:越多越能显现细小的层次。',
      },
      min: 1,
      max: 16,
      step: 1,
      default: 8,
      unit: '',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  // 2 ns a sample at 8 bits and 4 at 16, counting included, where a tap of a blur takes 0.03.
  taps: () => 40,
  scratchBytes,
  statistics: {
    halo: () => 0,
    scratchBytes: countScratchBytes,
    length: ({ depth }, { tiles }) => tiles * tiles * binsOf(depth),
    scalar: countScalar,
    simd: countSimd,
    know: tablesOf,
  },
  scalar,
  simd,
});
