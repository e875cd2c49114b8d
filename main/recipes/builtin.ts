/**
 * Owns the recipes the product comes with, as data. Params left out take their filters' defaults, so that a recipe gets
 * better with its filters.
 */
import { type FilterInfo, RECIPE_VERSION, type RecipeEntry, type Step } from '../../preload/contract.ts';
import type { Localised } from '../../preload/text.ts';

interface BuiltIn {
  readonly id: string;
  readonly label: Localised;
  readonly steps: readonly Pick<Step, 'filter' | 'params'>[];
  readonly output?: RecipeEntry['recipe']['output'];
}

const step = (filter: string, params: Step['params'] = {}) => ({ filter, params });

const BUILT_IN: readonly BuiltIn[] = [
  { id: 'pencil-sketch', label: { en: 'Pencil sketch', 'zh-CN': '铅笔素描' }, steps: [step('pencil-sketch')] },
  { id: 'color-pencil', label: { en: 'Colour pencil', 'zh-CN': '彩色铅笔' }, steps: [step('color-pencil')] },
  { id: 'oil-painting', label: { en: 'Oil painting', 'zh-CN': '油画' }, steps: [step('oil-painting')] },
  { id: 'watercolor', label: { en: 'Watercolour', 'zh-CN': '水彩' }, steps: [step('watercolor')] },
  {
    id: 'dehaze-edges',
    label: { en: 'Dehaze and edges', 'zh-CN': '去雾与边缘' },
    steps: [step('dehaze'), step('canny')],
  },
  {
    id: 'aerial',
    label: { en: 'Aerial clean-up', 'zh-CN': '航拍优化' },
    steps: [step('dehaze'), step('auto-levels'), step('unsharp-mask', { sigma: 1.2, amount: 0.6, threshold: 2 })],
  },
  {
    id: 'scan-cleanup',
    label: { en: 'Scan clean-up', 'zh-CN': '扫描清理' },
    // Dust first, while it is still small; then paper to white and ink to black.
    steps: [step('median', { radius: 1 }), step('auto-levels'), step('unsharp-mask', { sigma: 1, amount: 0.8 })],
  },
  {
    id: 'black-and-white',
    label: { en: 'Black and white', 'zh-CN': '黑白' },
    steps: [step('grayscale'), step('unsharp-mask', { sigma: 40, amount: 0.25 })],
  },
  {
    id: 'soft-focus',
    label: { en: 'Soft focus', 'zh-CN': '柔焦' },
    steps: [step('gaussian-blur', { sigma: 2.5 }), step('unsharp-mask', { sigma: 12, amount: 0.4 })],
  },
  {
    id: 'crisp',
    label: { en: 'Crisp', 'zh-CN': '清晰锐利' },
    // Local contrast, then fine detail; each threshold leaves noise alone.
    steps: [
      step('unsharp-mask', { sigma: 30, amount: 0.2, threshold: 0 }),
      step('unsharp-mask', { sigma: 0.8, amount: 0.9, threshold: 3 }),
    ],
  },
  {
    id: 'web-size',
    label: { en: 'Web size', 'zh-CN': '网络尺寸' },
    // Sharpened last, at the size it will be seen.
    steps: [step('resize', { by: 'longest', size: 2048 }), step('unsharp-mask', { sigma: 0.6, amount: 0.5 })],
    output: { format: 'jpeg', quality: 82 },
  },
];

/** Only those whose every filter this engine has. */
export function builtInRecipes(filters: readonly FilterInfo[]): RecipeEntry[] {
  const known = new Set(filters.map(({ id }) => id));
  return BUILT_IN.filter(({ steps }) => steps.every(({ filter }) => known.has(filter))).map(
    ({ id, label, steps, output = {} }) => ({
      builtIn: true,
      label,
      recipe: {
        version: RECIPE_VERSION,
        id,
        name: label.en,
        steps: steps.map((one) => ({ ...one, enabled: true })),
        output,
      },
    }),
  );
}
