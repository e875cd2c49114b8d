/** Owns what mirroring is: its words. The arithmetic is preload/geometry.ts', the pixels are sharp's. */
import { GEOMETRY } from '../../../preload/geometry.ts';
import type { GeometryDefinition } from '../define.ts';

export const flip: GeometryDefinition = {
  id: 'flip',
  group: 'geometry',
  label: { en: 'Flip', 'zh-CN': '翻转' },
  help: { en: 'Mirrors the picture; no pixel changes.', 'zh-CN': '镜像翻转画面,像素不变。' },
  params: [
    {
      name: 'direction',
      type: 'choice',
      label: { en: 'Direction', 'zh-CN': '方向' },
      help: { en: 'Horizontal swaps left and right.', 'zh-CN': '水平翻转会交换左右。' },
      options: [
        { value: 'horizontal', label: { en: 'Horizontal', 'zh-CN': '水平' } },
        { value: 'vertical', label: { en: 'Vertical', 'zh-CN': '垂直' } },
      ],
      default: 'horizontal',
    },
  ],
  depth: [8, 16],
  plan: GEOMETRY.flip,
};
