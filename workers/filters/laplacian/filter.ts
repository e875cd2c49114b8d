/** Owns what the Laplacian is: its words. The arithmetic is kernels/derivative.ts. */
import { strengthParam } from '../../kernels/derivative.ts';
import { callKernel, defineFilter } from '../define.ts';
import { type LaplacianParams, scalar } from './scalar.ts';

export const laplacian = defineFilter<LaplacianParams>({
  id: 'laplacian',
  group: 'edges',
  label: { en: 'Laplacian', 'zh-CN': '拉普拉斯' },
  help: {
    en: 'Shows where a pixel differs from those around it: fine detail, thin lines and noise, in all directions alike.',
    'zh-CN': '显示像素与周围的差异:细节、细线与噪点,各方向一视同仁。',
  },
  params: [
    {
      name: 'neighbours',
      type: 'choice',
      label: { en: 'Neighbours', 'zh-CN': '邻域' },
      help: {
        en: 'How many neighbours each pixel is compared with: 8 finds diagonal detail too, and more noise.',
        'zh-CN': '每个像素与多少相邻像素比较:8 邻域也能找到斜向细节,但噪点更多。',
      },
      options: [
        { value: '4', label: { en: '4', 'zh-CN': '4' } },
        { value: '8', label: { en: '8', 'zh-CN': '8' } },
      ],
      default: '4',
    },
    {
      name: 'output',
      type: 'choice',
      label: { en: 'Shows', 'zh-CN': '显示' },
      help: {
        en: 'Only how much a pixel differs, or also whether it is darker (bright) or brighter (dark), around middle grey.',
        'zh-CN': '只显示差异大小,或以中灰为零点同时显示偏暗(亮)与偏亮(暗)。',
      },
      options: [
        { value: 'absolute', label: { en: 'Size of difference', 'zh-CN': '差异大小' } },
        { value: 'signed', label: { en: 'Signed, around grey', 'zh-CN': '带符号,以中灰为零点' } },
      ],
      default: 'absolute',
    },
    strengthParam,
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: () => 1,
  taps: (_params, depth) => (depth === 8 ? 6 : 12),
  scalar,
  simd(job, { neighbours, output, strength }, kernels) {
    const all = neighbours === '8' ? 1 : 0;
    callKernel(kernels, 'laplacian', job, all, output === 'signed' ? 1 : 0, Math.fround(strength));
  },
});
