/** Owns what the expression is: its words, and how its four formulas are asked for. The language is preload/expression. */
import type { ParamInfo } from '../../../preload/contract.ts';
import { LONGEST_FORMULA } from '../../../preload/expression/grammar.ts';
import type { Localised } from '../../../preload/text.ts';
import { defineFilter } from '../define.ts';
import { type Formulas, planFor, reachOf } from './formulas.ts';
import { scalar } from './scalar.ts';
import { scratchBytes, simd } from './simd.ts';

/** The whole language, told once; the names are preload/expression/grammar.ts's. */
const LANGUAGE = {
  en: 'There are r, g, b, a, luma, neighbours such as r[-1, 0], x, y, width, height, pi; + - * / % ^, comparisons, && || !, test ? yes : no; abs, ceil, clamp, cos, exp, floor, fract, log, max, min, mix, pow, round, sign, sin, smoothstep, sqrt, step.',
  'zh-CN':
    '可用:r、g、b、a、luma、相邻像素(如 r[-1, 0])、x、y、width、height、pi;+ - * / % ^、比较、&& || !、条件 ? 是 : 否;abs、ceil、clamp、cos、exp、floor、fract、log、max、min、mix、pow、round、sign、sin、smoothstep、sqrt、step。',
} as const;

const formula = (name: 'r' | 'g' | 'b' | 'a', en: string, zh: string, more: Localised): ParamInfo => ({
  ...{ name, type: 'text', syntax: 'formula', maxLength: LONGEST_FORMULA, default: name },
  label: { en, 'zh-CN': zh },
  help: {
    en: `The pixel's new ${en.toLowerCase()}, from 0 to 1; "${name}" leaves it as it is. ${more.en}`,
    'zh-CN': `像素新的${zh}值,范围 0 到 1;“${name}”表示保持不变。${more['zh-CN']}`,
  },
});

const LIKE_RED = { en: 'Written as for red.', 'zh-CN': '写法与红相同。' } as const;

export const expression = defineFilter<Formulas>({
  id: 'expression',
  group: 'expression',
  label: { en: 'Expression', 'zh-CN': '表达式' },
  help: {
    en: 'Your own formula for each pixel, such as r * r. On a grey picture r is the grey; a formula for alpha makes parts of any picture transparent.',
    'zh-CN': '用您自己的公式计算每个像素,例如 r * r。灰度图片的 r 即灰度;透明度公式可使图片的部分区域透明。',
  },
  params: [
    formula('r', 'Red', '红', LANGUAGE),
    formula('g', 'Green', '绿', LIKE_RED),
    formula('b', 'Blue', '蓝', LIKE_RED),
    formula('a', 'Alpha', '透明度', {
      en: 'A picture without alpha gets one. Written as for red.',
      'zh-CN': '没有透明度的图片会添加透明度。写法与红相同。',
    }),
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: reachOf,
  channels: (channels, formulas) => planFor(formulas, channels, 8).channelsOut,
  scratchBytes,
  // A step of four pixels takes about what a tap of four samples does; a look-up what a dozen do.
  taps(formulas, depth) {
    const { tabled, program } = planFor(formulas, 3, depth);
    return tabled ? 12 : Math.ceil(program.nodes.length / 3);
  },
  scalar,
  simd,
});
