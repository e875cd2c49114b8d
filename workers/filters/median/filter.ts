/** Owns what median is: its words, its range. Small windows are sorted (networks.as.ts), larger ones counted (kernels/rank8.as.ts). */
import { rankScratchBytes, rankTaps } from '../../kernels/order.ts';
import { callKernel, defineFilter } from '../define.ts';
import { networkScratchBytes, networkTaps, SORTED_RADIUS } from './networks.ts';
import { scalar } from './scalar.ts';

export const median = defineFilter<{ radius: number }>({
  id: 'median',
  group: 'blur',
  label: { en: 'Median', 'zh-CN': '中值滤波' },
  help: {
    en: 'Removes dust, hot pixels and grain while edges stay sharp: each pixel takes the middle value around it.',
    'zh-CN': '去除灰尘、坏点和颗粒,同时保持边缘锐利:每个像素取周围的中间值。',
  },
  params: [
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'Specks up to about this size disappear, and with them details as fine.',
        'zh-CN': '约小于此尺寸的斑点会消失,同样细小的细节也会随之消失。',
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
  taps: ({ radius }, depth) => (radius <= SORTED_RADIUS ? networkTaps(radius, depth) : rankTaps(radius, depth)),
  scratchBytes: (shape, { radius }) => (radius <= SORTED_RADIUS ? networkScratchBytes(shape) : rankScratchBytes(shape)),
  scalar,
  simd(job, { radius }, kernels) {
    callKernel(kernels, 'median', job, radius, job.scratch);
  },
});
