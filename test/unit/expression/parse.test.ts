/** The formula language: what binds to what, where a fault is, what no text can reach (F86), what no text can cost (F87). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../../preload/expression/grammar.ts';
import { parseFormula } from '../../../preload/expression/parse.ts';
import { Fault, tellFault, toRecord } from '../../../preload/faults.ts';

/** The tree as text with every bracket there could be. */
function bracketed(tree: Expression): string {
  switch (tree.kind) {
    case 'number':
      return String(tree.value);
    case 'sample':
      return tree.dx === 0 && tree.dy === 0 ? tree.name : `${tree.name}[${tree.dx},${tree.dy}]`;
    case 'place':
      return tree.name;
    case 'unary':
      return `(${tree.operator}${bracketed(tree.of)})`;
    case 'binary':
      return `(${bracketed(tree.left)}${tree.operator}${bracketed(tree.right)})`;
    case 'choose':
      return `(${bracketed(tree.test)}?${bracketed(tree.yes)}:${bracketed(tree.no)})`;
    case 'call':
      return `${tree.name}(${tree.args.map(bracketed).join()})`;
  }
}

function faultOf(text: string): Fault {
  try {
    parseFormula(text, 'r');
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`expected a fault in ${text}`);
}

describe('parseFormula', () => {
  it.each([
    ['r*r', '(r*r)'],
    ['r>0.94 && g>0.94 && b>0.94 ? 0 : a', '((((r>0.94)&&(g>0.94))&&(b>0.94))?0:a)'],
    ['r + g * b', '(r+(g*b))'],
    ['r - g - b', '((r-g)-b)'],
    ['r / g % b', '((r/g)%b)'],
    ['-r^2', '(-(r^2))'],
    ['2^-r', '(2^(-r))'],
    ['r^g^b', '(r^(g^b))'],
    ['-r*g', '((-r)*g)'],
    ['!r || g && b', '((!r)||(g&&b))'],
    ['!(r == g)', '(!(r==g))'],
    ['r ? g : b ? x : y', '(r?g:(b?x:y))'],
    ['r ? g ? 1 : 2 : 3', '(r?(g?1:2):3)'],
    ['r < g ? 1 : 0', '((r<g)?1:0)'],
    ['(r < g) < b', '((r<g)<b)'],
    ['max(r, g, b) - min(r,g)', '(max(r,g,b)-min(r,g))'],
    ['r[-1,+2] + luma[0,-8]', '(r[-1,2]+luma[0,-8])'],
    ['.5 + 1. + 2e-3', '((0.5+1)+0.002)'],
    ['\tx/width\n', '(x/width)'],
    ['pi', String(Math.PI)],
  ])('reads %j', (text, tree) => {
    expect(bracketed(parseFormula(text, 'r'))).toBe(tree);
  });

  it.each<[string, number, string, string]>([
    ['', 1, 'r | 0.5 | ( | - | !', '⏎'],
    ['r +', 4, 'r | 0.5 | ( | - | !', '⏎'],
    ['r + * g', 5, 'r | 0.5 | ( | - | !', '*'],
    ['(r', 3, '+ - * / … | )', '⏎'],
    ['r)', 2, '+ - * / ^ < > ? …', ')'],
    ['r g', 3, '+ - * / ^ < > ? …', 'g'],
    ['2r', 2, '+ - * / ^ < > ? …', 'r'],
    ['r = g', 3, 'r | 0.5 | + - * / …', '='],
    ['r ? g', 6, ':', '⏎'],
    ['0 < r < 1', 7, '&& | || | ?', '<'],
    ['sin r', 5, 'sin(v)', 'r'],
    ['sin()', 5, 'r | 0.5 | ( | - | !', ')'],
    ['sin(r, g)', 6, 'sin(v)', ','],
    ['clamp(r, 0)', 11, 'clamp(v, low, high)', ')'],
    ['r[1]', 4, ',', ']'],
    ['r[9,0]', 3, '-8 … 8', '9'],
    ['r[0,-9]', 6, '-8 … 8', '9'],
    ['r[x,0]', 3, '-8 … 8', 'x'],
    ['r[0.5,0]', 3, '-8 … 8', '0.5'],
    ['x[1,0]', 2, '+ - * / ^ < > ? …', '['],
    ['1e39', 1, '≤ 3.4e38', '1e39'],
    ['r + 照片', 5, 'r | 0.5 | + - * / …', '照'],
    ['r + 📷', 5, 'r | 0.5 | + - * / …', '📷'],
  ])('refuses %j at column %i', (text, column, expected, received) => {
    const fault = faultOf(text);
    expect({ code: fault.code, ...fault.detail }).toEqual({
      ...{ code: 'E_EXPRESSION', formula: 'r', column, expected, received },
    });
  });

  it('tells names it does not know what there is', () => {
    const { detail } = faultOf('r + red');
    expect(detail).toMatchObject({ column: 5, received: 'red' });
    expect(String(detail.expected)).toMatch(/^r \| g \| b \| a \| luma \| x .* smoothstep\(\)/);
  });

  it('tells its place in both languages', () => {
    const record = toRecord(faultOf('r +'));
    expect(tellFault(record, 'en').reason).toBe('Formula r, column 4: expected r | 0.5 | ( | - | ! but found "⏎".');
    expect(tellFault(record, 'zh-CN').reason).toContain('公式 r 第 4 列');
  });

  it('never throws anything but a fault with a place in the text, or just behind it', () => {
    const bits = fc.constantFrom(
      ...'rgba xy01.,+-*/%^<>=!&|?:()[]'.split(''),
      'max(',
      'sin(',
      'luma',
      'width',
      '1e9',
      '\\',
      '`',
      '"',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        try {
          parseFormula(text, 'r');
        } catch (error) {
          if (!(error instanceof Fault) || error.code !== 'E_EXPRESSION') throw error;
          expect(error.detail.column).toBeGreaterThanOrEqual(1);
          expect(error.detail.column).toBeLessThanOrEqual(text.length + 1);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('nothing of JavaScript is reachable (F86)', () => {
  it.each([
    'this',
    'this.constructor.constructor("return process")()',
    'r.constructor',
    'a.constructor.constructor("return 1")()',
    'constructor',
    'constructor(1)',
    '__proto__',
    'toString()',
    'valueOf',
    'hasOwnProperty(1)',
    'r["constructor"]',
    'r[constructor,0]',
    'Math.max(r,g)',
    'globalThis',
    'process.exit()',
    'require("fs")',
    'import("node:fs")',
    'import.meta',
    'eval("1")',
    'Function("return 1")()',
    '(() => r)()',
    'function(){}',
    'new Date',
    'r; g',
    'r, g',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is the attack
    '`${r}`',
    '"r"',
    "'r'",
    '{}',
    '[r]',
    '/r/',
    'r => r',
    'r = 1',
    'r += 1',
    'r++',
    '...r',
    'r?.g',
    'r ?? g',
    'r & g',
    'r | g',
    '~r',
    'r << 2',
    'typeof r',
    'r\\u0067',
    '// r',
    '/* r */ r',
    '0x10',
    '1n',
    'NaN',
    'Infinity',
    'undefined',
    'while(1)',
    'for(;;)',
  ])('refuses %s', (text) => {
    expect(faultOf(text).code).toBe('E_EXPRESSION');
  });
});

describe('no text costs more than its bounds (F87)', () => {
  it.each([
    ['too long', 'r+'.repeat(1000).concat('r'), '≤ 2000'],
    ['100,000 brackets', '('.repeat(100_000), '≤ 2000'],
    ['1,000 brackets', '('.repeat(1000), '( ≤ 64'],
    ['65 brackets', `${'('.repeat(65)}r${')'.repeat(65)}`, '( ≤ 64'],
    ['minus upon minus', `${'-'.repeat(1900)}r`, '( ≤ 64'],
    ['powers of powers', `${'2^'.repeat(900)}2`, '( ≤ 64'],
    ['choices in choices', `${'r?1:'.repeat(400)}1`, '( ≤ 64'],
    ['functions in functions', `${'sin('.repeat(400)}r`, '≤ 500'],
    ['neighbours in functions', `${'abs('.repeat(400)}r`, '( ≤ 64'],
    ['many nodes', `${'r+'.repeat(500)}r`, '≤ 500'],
    ['many heavy functions', `${'exp(r)+'.repeat(60)}r`, '≤ 500'],
    ['JavaScript power towers', '9**9**9', 'r | 0.5'],
    ['digits', '9'.repeat(1999), '≤ 3.4e38'],
    ['spaces', ' '.repeat(2000), 'r | 0.5'],
    ['a name', 'r'.repeat(2000), 'r | g'],
    ['exponents', '1e'.repeat(999), '+ - * /'],
  ])('%s', (_, text, expected) => {
    const startedAt = performance.now();
    const fault = faultOf(text);
    expect(performance.now() - startedAt).toBeLessThan(100);
    expect(fault.code).toBe('E_EXPRESSION');
    expect(String(fault.detail.expected).startsWith(expected)).toBe(true);
    expect(String(fault.detail.received).length).toBeLessThanOrEqual(40);
  });

  it('takes what is just within them', () => {
    expect(parseFormula(`${'('.repeat(63)}r${')'.repeat(63)}`, 'r')).toEqual(parseFormula('r', 'r'));
    expect(parseFormula(`${'r+'.repeat(249)}r`, 'r').kind).toBe('binary');
    expect(parseFormula(' '.repeat(1999).concat('r'), 'r').kind).toBe('sample');
  });
});
