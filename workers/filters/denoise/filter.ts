/** Owns what denoise is: its words and ranges, what it costs. Non-local means; the arithmetic is in scalar.ts. */
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';
import { type DenoiseParams, denoiseScratchBytes, PATCH, termsOf } from './weights.ts';

export const denoise = defineFilter<DenoiseParams>({
  id: 'denoise',
  group: 'blur',
  label: { en: 'Denoise', 'zh-CN': '降噪' },
  help: {
    en: 'Removes grain and keeps texture: averages pixels whose surroundings look alike (non-local means).',
    'zh-CN': '去除颗粒并保留纹理:对周围样貌相似的像素取平均(非局部均值)。',
  },
  params: [
    {
      name: 'strength',
      type: 'number',
      label: { en: 'Strength', 'zh-CN': '强度' },
      help: {
        en: 'How strong the noise is (its standard deviation in levels of 255): raise it until the grain is gone, no further.',
        'zh-CN': '噪点的强弱(标准差,共 255 级):调到颗粒刚好消失即可,不要更大。',
      },
      min: 1,
      max: 60,
      step: 0.5,
      default: 8,
      unit: '',
      scale: 'log',
    },
    {
      name: 'reach',
      type: 'number',
      label: { en: 'Reach', 'zh-CN': '搜索范围' },
      help: {
        en: 'How far around a pixel look-alikes are searched for. Larger is smoother; time grows with its square.',
        'zh-CN': '在像素周围多远范围内寻找相似处。越大越平滑,耗时随其平方增长。',
      },
      min: 1,
      max: 10,
      step: 1,
      default: 5,
      unit: 'px',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: ({ reach }) => reach + PATCH,
  // 0.75 ns a pair of offsets and sample of three channels, in taps of 0.03 (4K, see kernel.as.ts).
  taps: ({ reach }) => 25 * (2 * reach * (reach + 1)),
  scratchBytes: denoiseScratchBytes,
  scalar,
  simd(job, params, kernels) {
    const { allowed, factor } = termsOf(params, job.in.channels < 3 ? 1 : 3, job.depth);
    callKernel(kernels, 'denoise', job, params.reach, allowed, factor, job.scratch);
  },
});
