/** Owns what Gaussian blur is: its words, its range, how far it reaches. The arithmetic is behind kernels/blur.ts. */
import { blurHalo, blurScratchBytes, blurTaps, prepareBlur } from '../../kernels/blur.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

export const gaussianBlur = defineFilter<{ sigma: number }>({
  id: 'gaussian-blur',
  group: 'blur',
  label: { en: 'Gaussian blur', 'zh-CN': '高斯模糊' },
  help: {
    en: 'Softens the picture evenly: calms noise and skin, or turns a background into plain colour.',
    'zh-CN': '均匀地柔化画面:减轻噪点、柔化肤质,或将背景化为色块。',
  },
  params: [
    {
      name: 'sigma',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'How far the blur spreads (the standard deviation of the Gaussian).',
        'zh-CN': '模糊扩散的范围(高斯函数的标准差)。',
      },
      min: 0.3,
      max: 100,
      step: 0.1,
      default: 2,
      unit: 'px',
      scale: 'log',
    },
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: ({ sigma }, depth) => blurHalo(sigma, depth),
  taps: ({ sigma }, depth) => blurTaps(sigma, depth),
  scratchBytes: (shape, { sigma }) => blurScratchBytes(shape, sigma),
  scalar,
  simd(job, { sigma }, kernels) {
    const { radius, shift } = prepareBlur(job, sigma);
    callKernel(kernels, 'gaussianBlur', job, radius, shift, job.left, job.top, job.scratch);
  },
});
