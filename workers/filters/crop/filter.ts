/** Owns what cropping to a ratio is: its words. The arithmetic is preload/geometry.ts', the pixels are sharp's. */
import { GEOMETRY } from '../../../preload/geometry.ts';
import type { GeometryDefinition } from '../define.ts';

const RATIOS = ['1:1', '5:4', '4:3', '7:5', '3:2', '16:10', '16:9', '2:1', '21:9', '3:1'] as const;

export const crop: GeometryDefinition = {
  id: 'crop',
  group: 'geometry',
  label: { en: 'Crop to ratio', 'zh-CN': '按比例裁剪' },
  help: {
    en: 'Cuts what is too much for a ratio of width to height, and no more.',
    'zh-CN': '按宽高比裁去多余部分,其余保留。',
  },
  params: [
    {
      name: 'ratio',
      type: 'choice',
      label: { en: 'Ratio', 'zh-CN': '比例' },
      help: { en: 'Width to height.', 'zh-CN': '宽比高。' },
      options: RATIOS.map((value) => ({ value, label: { en: value, 'zh-CN': value } })),
      default: '3:2',
    },
    {
      name: 'upright',
      type: 'switch',
      label: { en: 'Portraits', 'zh-CN': '竖幅' },
      help: {
        en: 'A photo that is taller than wide gets 2:3 where 3:2 is set.',
        'zh-CN': '竖幅照片在设为 3:2 时按 2:3 裁剪。',
      },
      default: true,
    },
    {
      name: 'position',
      type: 'choice',
      label: { en: 'Keep', 'zh-CN': '保留' },
      help: { en: 'Which part stays where something is cut.', 'zh-CN': '裁剪时保留的部分。' },
      options: [
        { value: 'centre', label: { en: 'Centre', 'zh-CN': '中间' } },
        { value: 'start', label: { en: 'Left or top', 'zh-CN': '左侧或顶部' } },
        { value: 'end', label: { en: 'Right or bottom', 'zh-CN': '右侧或底部' } },
      ],
      default: 'centre',
    },
  ],
  depth: [8, 16],
  plan: GEOMETRY.crop,
};
