/** Owns what arithmetic is: its words and ranges. out = a * x + b, see scalar.ts. */
import { lookup, lookupScratchBytes } from '../../kernels/lut.ts';
import { defineFilter } from '../define.ts';
import { type ArithmeticParams, curvesOf, scalar } from './scalar.ts';

export const arithmetic = defineFilter<ArithmeticParams>({
  id: 'arithmetic',
  group: 'tone',
  label: { en: 'Arithmetic', 'zh-CN': '算术运算' },
  help: {
    en: 'Multiplies every sample and adds to it: a·x + b. Two such steps treat two channels differently.',
    'zh-CN': '对每个采样值做乘加运算:a·x + b。使用多个步骤可分别处理不同通道。',
  },
  params: [
    {
      name: 'a',
      type: 'number',
      label: { en: 'Multiply by (a)', 'zh-CN': '乘以 (a)' },
      help: {
        en: 'What a sample is multiplied by; below 0 turns the picture over.',
        'zh-CN': '采样值的乘数;小于 0 时画面反转。',
      },
      min: -10,
      max: 10,
      step: 0.01,
      default: 1,
      unit: '×',
      scale: 'linear',
    },
    {
      name: 'b',
      type: 'number',
      label: { en: 'Add (b)', 'zh-CN': '加上 (b)' },
      help: {
        en: 'What is added afterwards, in levels of 255.',
        'zh-CN': '随后加上的数值(以 255 级色阶计)。',
      },
      min: -2550,
      max: 2550,
      step: 0.1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'channel',
      type: 'choice',
      label: { en: 'Channel', 'zh-CN': '通道' },
      help: {
        en: 'Which colours it is done to. A grey picture has only one: red, green or blue alone leave it as it is.',
        'zh-CN': '对哪些颜色执行运算。灰度图像只有一个通道:单选红、绿或蓝时保持原样。',
      },
      options: [
        { value: 'all', label: { en: 'All', 'zh-CN': '全部' } },
        { value: 'red', label: { en: 'Red', 'zh-CN': '红' } },
        { value: 'green', label: { en: 'Green', 'zh-CN': '绿' } },
        { value: 'blue', label: { en: 'Blue', 'zh-CN': '蓝' } },
      ],
      default: 'all',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  scratchBytes: lookupScratchBytes,
  scalar,
  simd(job, params, kernels) {
    lookup(kernels, 'arithmetic', job, params, () => curvesOf(params, job.depth, job.in.channels));
  },
});
