/**
 * Owns the words of the formula language: its names, its functions, its bounds, and the tree a formula becomes.
 * Knows neither how it is read (parse.ts) nor how it is run (workers/filters/expression). All values are numbers; a
 * comparison is 1 or 0.
 */

/** Bounds that keep reading and compiling a formula under a millisecond or two, whatever it says. */
export const LONGEST_FORMULA = 2000;
export const DEEPEST_NESTING = 64;
export const MOST_NODES = 500;
/** px: how far a neighbour may be. */
export const FARTHEST_NEIGHBOUR = 8;

/** What stands at a pixel. `luma` is Rec. 601, as in the grayscale filter. */
export type SampleName = 'r' | 'g' | 'b' | 'a' | 'luma';
/** px; of the whole picture, from 0 at its left top. */
export type PlaceName = 'x' | 'y' | 'width' | 'height';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&&' | '||';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sample'; readonly name: SampleName; readonly dx: number; readonly dy: number }
  | { readonly kind: 'place'; readonly name: PlaceName }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'choose'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] };

export const SAMPLES: ReadonlySet<string> = new Set<SampleName>(['r', 'g', 'b', 'a', 'luma']);
export const PLACES: ReadonlySet<string> = new Set<PlaceName>(['x', 'y', 'width', 'height']);

export interface FunctionWords {
  /** As a person would write it; what a fault shows. */
  readonly signature: string;
  readonly least: number;
  readonly most: number;
  /** Nodes a call counts for: exp and its like take dozens of steps. */
  readonly nodes: number;
}

const words = (signature: string, least: number, most = least, nodes = 1): FunctionWords => ({
  ...{ signature, least, most, nodes },
});
export const HEAVY = 10;

const FUNCTION_WORDS = {
  abs: words('abs(v)', 1),
  ceil: words('ceil(v)', 1),
  clamp: words('clamp(v, low, high)', 3),
  cos: words('cos(v)', 1, 1, HEAVY),
  exp: words('exp(v)', 1, 1, HEAVY),
  floor: words('floor(v)', 1),
  fract: words('fract(v)', 1),
  log: words('log(v)', 1, 1, HEAVY),
  max: words('max(v, w, …)', 2, 32),
  min: words('min(v, w, …)', 2, 32),
  mix: words('mix(from, to, part)', 3),
  pow: words('pow(v, exponent)', 2, 2, HEAVY),
  round: words('round(v)', 1),
  sign: words('sign(v)', 1),
  sin: words('sin(v)', 1, 1, HEAVY),
  smoothstep: words('smoothstep(low, high, v)', 3),
  sqrt: words('sqrt(v)', 1),
  step: words('step(edge, v)', 2),
} as const satisfies Readonly<Record<string, FunctionWords>>;
export type FunctionName = keyof typeof FUNCTION_WORDS;

/** A map, so that `constructor` and `__proto__` are nobody's names. */
export const FUNCTIONS: ReadonlyMap<string, FunctionWords> = new Map(Object.entries(FUNCTION_WORDS));
export const CONSTANTS: ReadonlyMap<string, number> = new Map([['pi', Math.PI]]);
