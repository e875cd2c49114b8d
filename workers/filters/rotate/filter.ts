/** Owns what turning is: its words. The arithmetic is preload/geometry.ts', the pixels are sharp's. */
import { GEOMETRY } from '../../../preload/geometry.ts';
import type { GeometryDefinition } from '../define.ts';

export const rotate: GeometryDefinition = {
  id: 'rotate',
  group: 'geometry',
  label: { en: 'Rotate', 'zh-CN': '旋转' },
  help: {
    en: 'Turns by quarters; no pixel changes. Photos already stand upright as their camera says.',
    'zh-CN': '按 90° 旋转,像素不变。照片已按相机记录的方向摆正。',
  },
  params: [
    {
      name: 'angle',
      type: 'choice',
      label: { en: 'Angle', 'zh-CN': '角度' },
      help: { en: 'Clockwise.', 'zh-CN': '顺时针。' },
      options: [
        { value: '90', label: { en: '90° right', 'zh-CN': '右转 90°' } },
        { value: '180', label: { en: '180°', 'zh-CN': '180°' } },
        { value: '270', label: { en: '90° left', 'zh-CN': '左转 90°' } },
      ],
      default: '90',
    },
  ],
  depth: [8, 16],
  plan: GEOMETRY.rotate,
};
