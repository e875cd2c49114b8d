/** Owns what unsharp mask is: its words and ranges. out = in + amount * (in - blurred in), clamped; see scalar.ts. */
import { blurHalo, blurScratchBytes, blurTaps, prepareBlur } from '../../kernels/blur.ts';
import { callKernel, defineFilter } from '../define.ts';
import { amountOf, thresholdOf, type UnsharpParams } from './params.ts';
import { scalar } from './scalar.ts';

export const unsharpMask = defineFilter<UnsharpParams>({
  id: 'unsharp-mask',
  group: 'edges',
  label: { en: 'Unsharp mask', 'zh-CN': 'USM 锐化' },
  help: {
    en: 'Sharpens by raising the contrast along edges. Best as the last step, at the final size.',
    'zh-CN': '提高边缘反差以锐化画面。适合作为最后一步,在最终尺寸下使用。',
  },
  params: [
    {
      name: 'sigma',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'Width of the edges that are sharpened: small for fine detail, large for local contrast.',
        'zh-CN': '参与锐化的边缘宽度:小值强调细节,大值增强局部反差。',
      },
      min: 0.3,
      max: 100,
      step: 0.1,
      default: 1,
      unit: 'px',
      scale: 'log',
    },
    {
      name: 'amount',
      type: 'number',
      label: { en: 'Amount', 'zh-CN': '数量' },
      help: {
        en: 'How strongly edges are raised: 1 adds the whole difference from the blurred picture.',
        'zh-CN': '锐化强度:1 表示加上与模糊画面的全部差值。',
      },
      min: 0,
      max: 5,
      step: 0.05,
      default: 1,
      unit: '×',
      scale: 'linear',
    },
    {
      name: 'threshold',
      type: 'number',
      label: { en: 'Threshold', 'zh-CN': '阈值' },
      help: {
        en: 'Differences below this many levels (of 255) are left alone, so that noise is not sharpened.',
        'zh-CN': '低于该色阶(共 255 级)的差异不做锐化,以免放大噪点。',
      },
      min: 0,
      max: 255,
      step: 1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: ({ sigma }, depth) => blurHalo(sigma, depth),
  taps: ({ sigma }, depth) => blurTaps(sigma, depth),
  scratchBytes: (shape, { sigma }) => blurScratchBytes(shape, sigma),
  scalar,
  simd(job, params, kernels) {
    const { radius, shift } = prepareBlur(job, params.sigma);
    const threshold = thresholdOf(params, job.depth);
    const { left, top, scratch } = job;
    callKernel(kernels, 'unsharpMask', job, radius, shift, left, top, scratch, amountOf(params), threshold);
  },
});
