/** Owns what Canny is: its words, and that thin lines are found tile by tile and joined over the whole (hysteresis.ts). */
import { callKernel, defineFilter } from '../define.ts';
import { joinEdges } from './hysteresis.ts';
import { type CannyParams, thresholdsOf } from './params.ts';
import { scalar } from './scalar.ts';

const threshold = { type: 'number', min: 0, max: 1000, step: 1, unit: '', scale: 'linear' } as const;

export const canny = defineFilter<CannyParams>({
  id: 'canny',
  group: 'edges',
  label: { en: 'Canny edges', 'zh-CN': 'Canny 边缘' },
  help: {
    en: 'Draws outlines one pixel thin, white on black. Blur the picture a little before if noise draws lines too.',
    'zh-CN': '以单像素白线在黑底上勾勒轮廓。若噪点也被描出,可先轻微模糊画面。',
  },
  params: [
    {
      ...threshold,
      name: 'low',
      label: { en: 'Low threshold', 'zh-CN': '低阈值' },
      help: {
        en: 'Lines at least this strong are kept where they go on from a strong one. Strength is the change in levels of 255 over the 3 × 3 Sobel, both directions added.',
        'zh-CN': '强度不低于该值、且与强线相连的线条会保留。强度为 3 × 3 Sobel 两个方向变化量(以 255 级计)之和。',
      },
      default: 50,
    },
    {
      ...threshold,
      name: 'high',
      label: { en: 'High threshold', 'zh-CN': '高阈值' },
      help: {
        en: 'Lines stronger than this always stay. Two or three times the low threshold is usual.',
        'zh-CN': '强度高于该值的线条始终保留。通常取低阈值的两到三倍。',
      },
      default: 150,
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 2,
  taps: (_params, depth) => (depth === 8 ? 30 : 120),
  channels: (channels) => (channels === 4 || channels === 2 ? 2 : 1),
  scratchBytes: ({ width, height, channels, depth }) => {
    const colours = channels < 3 ? 1 : 3;
    const row = (width * depth) / 4 + 128;
    const map = (width + 64) * (height + 2);
    return row * (3 * colours + 3 + 4) + map + stackBytes(width, height);
  },
  scalar,
  simd(job, params, kernels) {
    const { low, high } = thresholdsOf(params, job.depth);
    const { width, height } = job.picture;
    const stack = stackBytes(job.width, job.height);
    callKernel(kernels, 'canny', job, low, high, stack, job.scratch, job.left, job.top, width, height);
  },
  complete: joinEdges,
});

/** An entry for 64 pixels: lines a tile can follow without a look back. Where they are too few it looks again. */
function stackBytes(width: number, height: number): number {
  return 4 * (64 + ((width * height) >> 6));
}
