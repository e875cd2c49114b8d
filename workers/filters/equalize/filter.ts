/** Owns what equalize is: its words, and that it counts the whole picture first. The arithmetic is in scalar.ts. */
import { histogram, histogramLength, histogramScalar, histogramScratchBytes } from '../../kernels/histogram.ts';
import { moveByLuma, moveScratchBytes } from '../../kernels/luma-lut.ts';
import { defineFilter } from '../define.ts';
import { movesOf, scalar } from './scalar.ts';

export const equalize = defineFilter<Record<string, never>>({
  id: 'equalize',
  group: 'tone',
  label: { en: 'Equalize', 'zh-CN': '直方图均衡' },
  help: {
    en: 'Spreads the tones until each is used as often as any other: draws out what haze or a dull scan hides.',
    'zh-CN': '重新分布影调,使各级影调的使用频率相近:显现被雾气或灰暗扫描掩盖的细节。',
  },
  params: [],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scratchBytes: moveScratchBytes,
  statistics: {
    halo: () => 0,
    scratchBytes: (shape) => histogramScratchBytes(shape, 'luma'),
    length: (picture) => histogramLength(picture, 'luma'),
    scalar: (job, _params, count) => histogramScalar(job, 'luma', count),
    simd: (job, _params, count, kernels) => histogram(kernels, 'equalizeCount', job, 'luma', count),
    know: (count) => ({ moves: movesOf(count) }),
  },
  scalar,
  simd(job, _params, kernels, { moves }) {
    moveByLuma(kernels, 'equalize', job, moves as Int32Array);
  },
});
