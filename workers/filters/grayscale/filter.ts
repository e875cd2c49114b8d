/** Owns what grayscale is: its words, and that colour goes while alpha stays. The weights are in scalar.ts. */
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

export const grayscale = defineFilter({
  id: 'grayscale',
  group: 'tone',
  label: { en: 'Grayscale', 'zh-CN': '灰度' },
  help: {
    en: 'Turns colours into the greys the eye sees in them: green weighs most, blue least.',
    'zh-CN': '按人眼感知的亮度将彩色转换为灰度:绿色权重最大,蓝色最小。',
  },
  params: [],
  depth: [8, 16],
  border: 'replicate',
  halo: () => 0,
  channels: (channels) => (channels === 4 ? 2 : channels === 3 ? 1 : channels),
  scalar,
  simd(job, _params, kernels) {
    callKernel(kernels, 'grayscale', job);
  },
});
