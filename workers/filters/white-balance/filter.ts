/** Owns what white balance is: its words and ranges, and that grey world sums up the whole picture first. See scalar.ts. */
import { lookup, lookupScratchBytes } from '../../kernels/lut.ts';
import { callKernel, defineFilter } from '../define.ts';
import { colouredOver, countScalar, curvesOf, gainsOf, scalar, type WhiteBalanceParams } from './scalar.ts';

const COLOURS = 3;
/** px: what the kernel's 32-bit sums of a row hold at 16 bits, a quarter of the row each. */
const WIDEST = 262_144;

export const whiteBalance = defineFilter<WhiteBalanceParams>({
  id: 'white-balance',
  group: 'tone',
  label: { en: 'White balance', 'zh-CN': '白平衡' },
  help: {
    en: 'Takes a colour cast away, by itself or by hand.',
    'zh-CN': '自动或手动去除偏色。',
  },
  params: [
    {
      name: 'method',
      type: 'choice',
      label: { en: 'Method', 'zh-CN': '方法' },
      help: {
        en: 'Grey world finds the cast of each photo, taking its colours to be grey on average; the other is set by hand.',
        'zh-CN': '“灰度世界”假设画面平均为灰色,自动找出每张照片的偏色;另一种由手动设置。',
      },
      options: [
        { value: 'grey-world', label: { en: 'Grey world', 'zh-CN': '灰度世界' } },
        { value: 'temperature', label: { en: 'Temperature and tint', 'zh-CN': '色温与色调' } },
      ],
      default: 'grey-world',
    },
    {
      name: 'temperature',
      type: 'number',
      label: { en: 'Temperature', 'zh-CN': '色温' },
      help: {
        en: 'Below 0 makes the light bluer, above 0 more golden. Only with temperature and tint.',
        'zh-CN': '小于 0 使光线偏蓝,大于 0 使其偏金黄。仅用于“色温与色调”。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'tint',
      type: 'number',
      label: { en: 'Tint', 'zh-CN': '色调' },
      help: {
        en: 'Below 0 makes the light greener, above 0 more magenta. Only with temperature and tint.',
        'zh-CN': '小于 0 使光线偏绿,大于 0 使其偏品红。仅用于“色温与色调”。',
      },
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scratchBytes: lookupScratchBytes,
  statistics: {
    needed: ({ method }) => method === 'grey-world',
    halo: () => 0,
    scratchBytes: () => COLOURS * 8,
    length: () => COLOURS,
    scalar: (job, _params, count) => countScalar(job, count),
    simd(job, _params, count, kernels) {
      const { channels } = job.in;
      if (channels < 3) return;
      for (let left = 0; left < job.width; left += WIDEST) {
        const offset = job.in.offset + (left * channels * job.depth) / 8;
        const part = { ...job, in: { ...job.in, offset }, width: Math.min(WIDEST, job.width - left) };
        callKernel(kernels, 'whiteBalanceCount', part, colouredOver(job.depth), job.scratch);
        const sums = new BigUint64Array(job.memory.buffer, job.scratch, COLOURS);
        for (const [c, sum] of sums.entries()) count[c] = (count[c] as number) + Number(sum);
      }
    },
    know: (count, _params, { width, height }) => ({ gains: gainsOf(count, width * height) }),
  },
  scalar,
  simd(job, params, kernels, known) {
    const key = params.method === 'grey-world' ? known : params;
    lookup(kernels, 'whiteBalance', job, key, () => curvesOf(params, job.depth, job.in.channels, known));
  },
});
