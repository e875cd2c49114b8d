/**
 * Owns reading a formula: text in, tree out, or the place where it stops making sense. Pure; the window checks with it as
 * one types, the engine before it runs. Nothing but what grammar.ts names can come out, so nothing of JavaScript can.
 *
 * Precedence climbing (Pratt, "Top down operator precedence", 1973). From loose to tight: `?:`, `||`, `&&`, comparisons,
 * `+ -`, `* / %`, unary `- !`, `^` (from the right; -x^2 is -(x^2)). `a < b < c` is refused: it never means what it says.
 */
import { formulaFault } from './fault.ts';
import {
  type BinaryOperator,
  CONSTANTS,
  DEEPEST_NESTING,
  type Expression,
  FARTHEST_NEIGHBOUR,
  FUNCTIONS,
  type FunctionName,
  HEAVY,
  LONGEST_FORMULA,
  MOST_NODES,
  PLACES,
  type PlaceName,
  SAMPLES,
  type SampleName,
} from './grammar.ts';
import { type Token, tokensOf } from './lexer.ts';

const CHOOSE = 1;
const COMPARISON = 4;
const UNARY = 7;
const POWER = 8;
const BINDING: ReadonlyMap<string, number> = new Map([
  ['?', CHOOSE],
  ['||', 2],
  ['&&', 3],
  ...['<', '<=', '>', '>=', '==', '!='].map((sign) => [sign, COMPARISON] as const),
  ...['+', '-'].map((sign) => [sign, 5] as const),
  ...['*', '/', '%'].map((sign) => [sign, 6] as const),
  ['^', POWER],
]);

const A_VALUE = 'r | 0.5 | ( | - | !';
const LARGEST_F32 = 3.4028234663852886e38;

/** `formula` names the text in a fault (the parameter it came from). Throws Fault E_EXPRESSION. */
export function parseFormula(text: string, formula: string): Expression {
  if (text.length > LONGEST_FORMULA) {
    throw formulaFault(formula, LONGEST_FORMULA + 1, `≤ ${LONGEST_FORMULA}`, `${text.length}`);
  }
  const tokens = tokensOf(text, formula);
  let at = 0;
  let nesting = 0;
  let nodes = 0;

  const tree = expression(0);
  if (peek().kind !== 'end') throw unexpected('+ - * / ^ < > ? …');
  return tree;

  function peek(): Token {
    return tokens[at] as Token;
  }

  function take(): Token {
    const token = peek();
    at++;
    return token;
  }

  function unexpected(expected: string, token = peek()): Error {
    return formulaFault(formula, token.column, expected, token.kind === 'end' ? '⏎' : token.text);
  }

  function expect(sign: string, expected = sign): void {
    if (peek().text !== sign) throw unexpected(expected);
    at++;
  }

  function count(by: number, token: Token): void {
    nodes += by;
    if (nodes > MOST_NODES) throw unexpected(`≤ ${MOST_NODES}`, token);
  }

  /** All that binds tighter than `floor`. */
  function expression(floor: number): Expression {
    nesting++;
    if (nesting > DEEPEST_NESTING) throw unexpected(`( ≤ ${DEEPEST_NESTING}`);
    let left = value();
    for (;;) {
      const token = peek();
      const binding = token.kind === 'sign' ? (BINDING.get(token.text) ?? 0) : 0;
      if (binding <= floor) break;
      at++;
      left = binding === CHOOSE ? choose(left, token) : binary(left, token, binding);
    }
    nesting--;
    return left;
  }

  function choose(test: Expression, token: Token): Expression {
    count(1, token);
    const yes = expression(0);
    expect(':');
    return { kind: 'choose', test, yes, no: expression(CHOOSE - 1) };
  }

  function binary(left: Expression, token: Token, binding: number): Expression {
    const operator = token.text as BinaryOperator;
    const right = expression(binding === POWER ? POWER - 1 : binding);
    // A whole exponent is a few multiplications; any other is a logarithm and an exponential.
    count(binding === POWER && right.kind !== 'number' ? HEAVY : 1, token);
    if (binding === COMPARISON && BINDING.get(peek().text) === COMPARISON) throw unexpected('&& | || | ?');
    return { kind: 'binary', operator, left, right };
  }

  function value(): Expression {
    const token = take();
    switch (token.kind) {
      case 'number':
        return number(token);
      case 'name':
        return name(token);
      case 'sign':
        if (token.text === '(') {
          const inside = expression(0);
          expect(')', '+ - * / … | )');
          return inside;
        }
        if (token.text === '-' || token.text === '!') {
          count(1, token);
          return { kind: 'unary', operator: token.text, of: expression(UNARY - 1) };
        }
        throw unexpected(A_VALUE, token);
      case 'end':
        throw unexpected(A_VALUE, token);
      default:
        return token.kind satisfies never;
    }
  }

  function number(token: Token): Expression {
    count(1, token);
    const read = Number(token.text);
    if (read > LARGEST_F32) throw unexpected('≤ 3.4e38', token);
    return { kind: 'number', value: read };
  }

  function name(token: Token): Expression {
    const called = FUNCTIONS.get(token.text);
    if (called !== undefined) {
      count(called.nodes, token);
      return { kind: 'call', name: token.text as FunctionName, args: argumentsOf(called.signature, called) };
    }
    count(1, token);
    if (SAMPLES.has(token.text)) return { kind: 'sample', name: token.text as SampleName, ...neighbour() };
    if (PLACES.has(token.text)) return { kind: 'place', name: token.text as PlaceName };
    const constant = CONSTANTS.get(token.text);
    if (constant !== undefined) return { kind: 'number', value: constant };
    const known = [...SAMPLES, ...PLACES, ...CONSTANTS.keys(), ...[...FUNCTIONS.keys()].map((each) => `${each}()`)];
    throw unexpected(known.join(' | '), token);
  }

  function argumentsOf(signature: string, { least, most }: { least: number; most: number }): Expression[] {
    expect('(', signature);
    const args = [expression(0)];
    while (peek().text === ',') {
      if (args.length === most) throw unexpected(signature);
      at++;
      args.push(expression(0));
    }
    if (args.length < least) throw unexpected(signature);
    expect(')', args.length === most ? ')' : ', | )');
    return args;
  }

  /** `[dx, dy]` behind a sample: whole numbers as they stand, so that the reach is known before anything runs. */
  function neighbour(): { readonly dx: number; readonly dy: number } {
    if (peek().text !== '[') return { dx: 0, dy: 0 };
    at++;
    const dx = offset();
    expect(',');
    const dy = offset();
    expect(']');
    return { dx, dy };
  }

  function offset(): number {
    const first = peek();
    const negative = first.text === '-';
    if (negative || first.text === '+') at++;
    const token = take();
    const far = /^\d+$/.test(token.text) ? Number(token.text) : Number.POSITIVE_INFINITY;
    if (far > FARTHEST_NEIGHBOUR) throw unexpected(`-${FARTHEST_NEIGHBOUR} … ${FARTHEST_NEIGHBOUR}`, token);
    return negative ? 0 - far : far;
  }
}
