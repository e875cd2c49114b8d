/** Owns what the guided filter is: its words and ranges, how far it reaches. The arithmetic is smooth.ts and scalar.ts. */
import { PLANE_TABLE_BYTES, rowBytesOf } from '../../kernels/box.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';
import { type SmoothParams, smoothOf } from './smooth.ts';

export const guided = defineFilter<SmoothParams>({
  id: 'guided',
  group: 'blur',
  label: { en: 'Guided smoothing', 'zh-CN': '导向平滑' },
  help: {
    en: 'Smooths skin, noise and fine texture and leaves strong edges where they are. Cheap at any radius.',
    'zh-CN': '平滑肤质、噪点与细小纹理,同时保持强边缘清晰。半径大小不影响速度。',
  },
  params: [
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'How far around a pixel is looked for what belongs to it: larger smooths coarser texture.',
        'zh-CN': '参与平滑的邻域范围:数值越大,越粗的纹理也会被平滑。',
      },
      min: 1,
      max: 100,
      step: 1,
      default: 8,
      unit: 'px',
      scale: 'log',
    },
    {
      name: 'strength',
      type: 'number',
      label: { en: 'Strength', 'zh-CN': '强度' },
      help: {
        en: 'Contrast below this part of white counts as texture and is smoothed; above it is an edge and stays.',
        'zh-CN': '低于该比例(相对白色)的反差视为纹理并被平滑,高于则视为边缘予以保留。',
      },
      min: 0.01,
      max: 1,
      step: 0.01,
      default: 0.1,
      unit: '',
      scale: 'log',
    },
  ],
  depth: [8, 16],
  // The box of a mirrored picture is the mirrored box of the picture: one border serves both steps.
  border: 'reflect-101',
  halo: ({ radius }) => 2 * radius,
  // 2.2 ns a sample at 8 bits, 3 at 16, whatever the radius; a tap is 0.04 and is counted going in and out.
  taps: (_params, depth) => (depth === 8 ? 30 : 40),
  /** Four rings of rows a colour, so 12 MB for a tile 3840 px wide at a radius of 60, whatever its height. */
  scratchBytes({ width, channels }, { radius }) {
    const samples = width + 4 * radius;
    const row = rowBytesOf(samples, 2);
    const line = rowBytesOf(samples, 4);
    const colours = channels < 3 ? 1 : 3;
    return PLANE_TABLE_BYTES + 4 * row + 4 * line + colours * (4 * (2 * radius + 2) * row + 6 * line);
  },
  scalar,
  simd(job, params, kernels) {
    const { share, eps } = smoothOf(params);
    callKernel(kernels, 'guided', job, params.radius, job.scratch, share, eps);
  },
});
