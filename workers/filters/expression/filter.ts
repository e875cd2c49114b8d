/** Owns what the expression is: its words, and how its four formulas are asked for. The language is preload/expression. */
import type { ParamInfo } from '../../../preload/contract.ts';
import { LONGEST_FORMULA } from '../../../preload/expression/grammar.ts';
import { defineFilter } from '../define.ts';
import { type Formulas, planFor, reachOf } from './formulas.ts';
import { scalar } from './scalar.ts';
import { simd, tableBytes } from './simd.ts';

const formula = (name: 'r' | 'g' | 'b' | 'a', en: string, zh: string): ParamInfo => ({
  ...{ name, type: 'text', syntax: 'formula', maxLength: LONGEST_FORMULA, default: name },
  label: { en, 'zh-CN': zh },
  help: {
    en: `The pixel's new ${en.toLowerCase()}, from 0 to 1; "${name}" leaves it as it is.`,
    'zh-CN': `像素新的${zh}值,范围 0 到 1;“${name}”表示保持不变。`,
  },
});

export const expression = defineFilter<Formulas>({
  id: 'expression',
  group: 'expression',
  label: { en: 'Expression', 'zh-CN': '表达式' },
  help: {
    en: 'Your own formula for each pixel, such as r * r, from r, g, b, a and luma (0 to 1), neighbours such as r[-1, 0], x, y, width, height and pi; with + - * / % ^, comparisons, && || !, test ? yes : no, and abs, ceil, clamp, cos, exp, floor, fract, log, max, min, mix, pow, round, sign, sin, smoothstep, sqrt, step. Of a grey picture r is the grey; a formula for alpha makes parts of any picture transparent.',
    'zh-CN':
      '用您自己的公式计算每个像素,例如 r * r。可用 r、g、b、a、luma(0 到 1)、相邻像素(如 r[-1, 0])、x、y、width、height、pi;运算 + - * / % ^、比较、&& || !、条件 ? 是 : 否;函数 abs、ceil、clamp、cos、exp、floor、fract、log、max、min、mix、pow、round、sign、sin、smoothstep、sqrt、step。灰度图片的 r 即灰度;透明度公式可使任何图片的部分区域透明。',
  },
  params: [
    formula('r', 'Red', '红'),
    formula('g', 'Green', '绿'),
    formula('b', 'Blue', '蓝'),
    formula('a', 'Alpha', '透明度'),
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: reachOf,
  channels: (channels, formulas) => planFor(formulas, channels, 8).channelsOut,
  scratchBytes: tableBytes,
  // A step of four pixels takes about what a tap of four samples does.
  taps: (formulas, depth) => Math.ceil(planFor(formulas, 3, depth).program.nodes.length / 3),
  scalar,
  simd,
});
