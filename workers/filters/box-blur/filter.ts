/** Owns what box blur is: its words, its range, what it costs. */
import { callKernel, defineFilter } from '../define.ts';
import { partOf, scalar } from './scalar.ts';

export const boxBlur = defineFilter<{ radius: number }>({
  id: 'box-blur',
  group: 'blur',
  label: { en: 'Box blur', 'zh-CN': '方框模糊' },
  help: {
    en: 'Averages a square around each pixel: the plainest blur, with slightly blocky highlights.',
    'zh-CN': '对每个像素周围的方形区域取平均:最简单的模糊,高光略呈方形。',
  },
  params: [
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'Pixels on each side of the middle one that are averaged.',
        'zh-CN': '中心像素每一侧参与平均的像素数。',
      },
      min: 1,
      max: 100,
      step: 1,
      default: 3,
      unit: 'px',
      scale: 'log',
    },
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: ({ radius }) => radius,
  // 0.7 ns a sample at any radius to 50, 1.1 above, in taps of 0.03.
  taps: ({ radius }) => (radius <= 50 ? 23 : 35),
  // A row of columns' sums and one of windows'.
  scratchBytes: ({ width, channels, halo }) => 2 * ((width + 2 * halo) * channels * 4 + 160),
  scalar,
  simd(job, { radius }, kernels) {
    callKernel(kernels, 'boxBlur', job, radius, partOf(radius), job.scratch);
  },
});
