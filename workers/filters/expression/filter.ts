/** Owns what the expression is: its words, and how its four formulas are asked for. The language is preload/expression. */
import type { ParamInfo } from '../../../preload/contract.ts';
import { LONGEST_FORMULA } from '../../../preload/expression/grammar.ts';
import { defineFilter } from '../define.ts';
import { type Formulas, planFor, reachOf } from './formulas.ts';
import { scalar } from './scalar.ts';
import { simd, tableBytes } from './simd.ts';

const HELP = {
  en: 'from 0 to 1: r, g, b, a, luma; neighbours as r[-1, 0]; x, y, width, height; + - * / % ^, comparisons, && || !, test ? yes : no; max, min, abs, sqrt, pow, exp, log, sin, cos, floor, ceil, round, fract, sign, clamp, mix, step, smoothstep.',
  'zh-CN':
    '取值 0 到 1:r、g、b、a、luma;相邻像素写作 r[-1, 0];x、y、width、height;+ - * / % ^、比较、&& || !、条件 ? 是 : 否;max、min、abs、sqrt、pow、exp、log、sin、cos、floor、ceil、round、fract、sign、clamp、mix、step、smoothstep。',
} as const;

const formula = (name: 'r' | 'g' | 'b' | 'a', en: string, zh: string): ParamInfo => ({
  ...{ name, type: 'text', syntax: 'formula', maxLength: LONGEST_FORMULA, default: name },
  label: { en, 'zh-CN': zh },
  help: { en: `The new ${en.toLowerCase()} of a pixel, ${HELP.en}`, 'zh-CN': `像素新的${zh}值,${HELP['zh-CN']}` },
});

export const expression = defineFilter<Formulas>({
  id: 'expression',
  group: 'expression',
  label: { en: 'Expression', 'zh-CN': '表达式' },
  help: {
    en: 'Your own formula for each pixel, such as r * r. On a grey picture r stands for the grey; a formula for alpha makes parts transparent.',
    'zh-CN': '用您自己的公式计算每个像素,例如 r * r。对灰度图片,r 代表灰度;透明度公式可使部分区域透明。',
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
