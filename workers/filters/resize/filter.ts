/** Owns what resizing is: its words and ranges. The arithmetic is preload/geometry.ts', the pixels are sharp's. */
import { GEOMETRY } from '../../../preload/geometry.ts';
import type { GeometryDefinition } from '../define.ts';

export const resize: GeometryDefinition = {
  id: 'resize',
  group: 'geometry',
  label: { en: 'Resize', 'zh-CN': '调整尺寸' },
  help: {
    en: 'Changes the number of pixels, sides in proportion (Lanczos 3). Filters before it see the full size, those after it the new one.',
    'zh-CN': '按比例改变像素数量(Lanczos 3)。之前的滤镜处理原尺寸,之后的滤镜处理新尺寸。',
  },
  params: [
    {
      name: 'by',
      type: 'choice',
      label: { en: 'By', 'zh-CN': '方式' },
      help: { en: 'What is given: a side, a share or an area.', 'zh-CN': '按边长、百分比或像素总数指定。' },
      options: [
        { value: 'longest', label: { en: 'Longest side', 'zh-CN': '最长边' } },
        { value: 'width', label: { en: 'Width', 'zh-CN': '宽度' } },
        { value: 'height', label: { en: 'Height', 'zh-CN': '高度' } },
        { value: 'percent', label: { en: 'Percent', 'zh-CN': '百分比' } },
        { value: 'megapixels', label: { en: 'Megapixels', 'zh-CN': '百万像素' } },
      ],
      default: 'longest',
    },
    {
      name: 'size',
      type: 'number',
      label: { en: 'Side', 'zh-CN': '边长' },
      help: { en: 'For longest side, width and height.', 'zh-CN': '用于最长边、宽度和高度。' },
      min: 1,
      max: 65_500,
      step: 1,
      default: 2048,
      unit: 'px',
      scale: 'log',
    },
    {
      name: 'percent',
      type: 'number',
      label: { en: 'Percent', 'zh-CN': '百分比' },
      help: { en: 'Of each side, for percent.', 'zh-CN': '每条边的百分比。' },
      min: 1,
      max: 400,
      step: 0.5,
      default: 50,
      unit: '%',
      scale: 'log',
    },
    {
      name: 'megapixels',
      type: 'number',
      label: { en: 'Megapixels', 'zh-CN': '百万像素' },
      help: { en: 'Of the result, for megapixels.', 'zh-CN': '结果的百万像素数。' },
      min: 0.01,
      max: 500,
      step: 0.01,
      default: 2,
      unit: 'MP',
      scale: 'log',
    },
    {
      name: 'enlarge',
      type: 'switch',
      label: { en: 'May enlarge', 'zh-CN': '允许放大' },
      help: {
        en: 'Off: photos that are smaller already stay as they are.',
        'zh-CN': '关闭时,已经较小的照片保持不变。',
      },
      default: false,
    },
  ],
  depth: [8, 16],
  plan: GEOMETRY.resize,
};
