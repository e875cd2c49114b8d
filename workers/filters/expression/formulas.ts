/**
 * Owns what the four formulas make of a picture: how far they reach, which channels come out, the program for its samples.
 * A grey picture reads its grey as r, g and b. It stays grey while only `r` has a formula, or all three say the same of it.
 */
import type { Expression } from '../../../preload/expression/grammar.ts';
import { parseFormula } from '../../../preload/expression/parse.ts';
import type { Channels, Depth } from '../../raster.ts';
import { isCurves } from './curves.ts';
import { lower, type Names } from './lower.ts';
import { type Builder, createBuilder, type Program, type Value } from './program.ts';

/** Formulas by the channel they write. */
export type Formulas = Readonly<Record<'r' | 'g' | 'b' | 'a', string>>;

export interface Plan {
  readonly program: Program;
  readonly channelsOut: Channels;
  /** Whether it pays to compute each of the 256 levels once and look up the rest (8 bits). */
  readonly tabled: boolean;
}

/**
 * Steps a colour from which looking up is faster. 24 MP of RGB on a busy machine, ms: looked up 35; computed r*r (7 steps)
 * 35, r < 0.3 ? r*2 : r*r*r (10) 41, smoothstep (14) 55, exp(r) 145, r^2.2 498.
 */
const TABLED_FROM = 10;

/** 2^23: adding it to 0 … 65,535 rounds to a whole number, halves to even, which then stands in the low bits. */
const ROUNDING = 8_388_608;
/** Rec. 601. */
const LUMA = { r: 0.299, g: 0.587, b: 0.114 } as const;

/** px; exact. Throws Fault E_EXPRESSION. */
export function reachOf(formulas: Formulas): number {
  return Math.max(...(['r', 'g', 'b', 'a'] as const).map((name) => reach(parseFormula(formulas[name], name))));
}

function reach(tree: Expression): number {
  switch (tree.kind) {
    case 'number':
    case 'place':
      return 0;
    case 'sample':
      return Math.max(Math.abs(tree.dx), Math.abs(tree.dy));
    case 'unary':
      return reach(tree.of);
    case 'binary':
      return Math.max(reach(tree.left), reach(tree.right));
    case 'choose':
      return Math.max(reach(tree.test), reach(tree.yes), reach(tree.no));
    case 'call':
      return Math.max(...tree.args.map(reach));
    default:
      return tree satisfies never;
  }
}

const PLANS_KEPT = 32;
const plans = new Map<string, Plan>();

/** Made once for each text and kind of picture, as long as it is among the last ones used. Throws Fault E_EXPRESSION. */
export function planFor(formulas: Formulas, channels: Channels, depth: Depth): Plan {
  const { r, g, b, a } = formulas;
  const key = JSON.stringify([r, g, b, a, channels, depth]);
  const plan = plans.get(key) ?? makePlan(formulas, channels, depth);
  plans.delete(key);
  plans.set(key, plan);
  for (const oldest of plans.keys()) {
    if (plans.size <= PLANS_KEPT) break;
    plans.delete(oldest);
  }
  return plan;
}

function makePlan(formulas: Formulas, channels: Channels, depth: Depth): Plan {
  const build = createBuilder();
  const names = namesOf(build, channels, depth);
  const lowered = (name: keyof Formulas) => lower(build, names, parseFormula(formulas[name], name));
  const alpha = lowered('a');
  // An alpha that is 1 everywhere is none: nothing is added that says nothing.
  const hasAlpha = channels === 2 || channels === 4 || alpha !== build.constant(1);
  const colours = coloursOf(lowered, formulas, channels);
  const values = hasAlpha ? [...colours, alpha] : colours;
  const outputs = values.map((value, index) => {
    const kept = keptChannel(index, colours.length, channels);
    return kept !== null && value === names.sample(kept, 0, 0)
      ? build.raw(channelOf(kept, channels), 0, 0)
      : quantised(build, value, depth);
  });
  const program = build.finish(outputs);
  const steps = program.nodes.filter(({ kind }) => kind === 'step').length;
  const tabled = depth === 8 && steps >= TABLED_FROM * colours.length && isCurves(program, channels);
  return { program, channelsOut: values.length as Channels, tabled };
}

function coloursOf(lowered: (name: 'r' | 'g' | 'b') => Value, formulas: Formulas, channels: Channels): Value[] {
  const red = lowered('r');
  const colours = [red, lowered('g'), lowered('b')];
  if (channels >= 3) return colours;
  const onlyRed = formulas.g.trim() === 'g' && formulas.b.trim() === 'b';
  return onlyRed || colours.every((value) => value === red) ? [red] : colours;
}

/** The name a sample of the output has in the input; null where the input has none such. */
function keptChannel(index: number, colours: number, channels: Channels): 'r' | 'g' | 'b' | 'a' | null {
  if (index === colours) return channels === 2 || channels === 4 ? 'a' : null;
  return (['r', 'g', 'b'] as const)[index] ?? null;
}

function channelOf(name: 'r' | 'g' | 'b' | 'a', channels: Channels): number {
  if (name === 'a') return channels - 1;
  return channels < 3 ? 0 : 'rgb'.indexOf(name);
}

function namesOf(build: Builder, channels: Channels, depth: Depth): Names {
  const unit = build.constant(1 / (2 ** depth - 1));
  const names: Names = {
    place: build.place,
    sample(name, dx, dy) {
      if (name === 'a' && channels % 2 === 1) return build.constant(1);
      // Of a grey picture exactly its grey: the sum of rounded weights would not be.
      if (name === 'luma') return channels < 3 ? names.sample('r', dx, dy) : luma(dx, dy);
      return build.step('mul', build.step('toFloat', build.raw(channelOf(name, channels), dx, dy)), unit);
    },
  };
  return names;

  function luma(dx: number, dy: number): Value {
    const part = (name: 'r' | 'g' | 'b') => build.step('mul', names.sample(name, dx, dy), build.constant(LUMA[name]));
    return build.step('add', build.step('add', part('r'), part('g')), part('b'));
  }
}

/** 0 to 1 as a sample in the low bits; less is 0, more is 1, NaN is 0. */
function quantised(build: Builder, value: Value, depth: Depth): Value {
  const bounded = build.step('min', build.step('max', build.constant(0), value), build.constant(1));
  const scaled = build.step('mul', bounded, build.constant(2 ** depth - 1));
  return build.step('add', scaled, build.constant(ROUNDING));
}
