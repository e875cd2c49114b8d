/**
 * Owns a formula as a list of steps, each made once: what several formulas have in common is computed once, what is known
 * beforehand is computed now. The one form both twins run. Knows no formula and no pixel.
 */
import type { PlaceName } from '../../../preload/expression/grammar.ts';
import { createRegisters, type PrimitiveName, primitive } from './primitives.ts';

/** A node's place in its program. */
export type Value = number;

export type Node =
  /** f32 or mask, by its bits. */
  | { readonly kind: 'constant'; readonly bits: number }
  /** A sample as it stands in the picture, 0 to 255 or 65,535, as an i32. */
  | { readonly kind: 'raw'; readonly channel: number; readonly dx: number; readonly dy: number }
  /** px, as an f32. */
  | { readonly kind: 'place'; readonly name: PlaceName }
  | { readonly kind: 'step'; readonly name: PrimitiveName; readonly args: readonly number[] };

export interface Program {
  /** Each reads only those before it. All are needed. */
  readonly nodes: readonly Node[];
  /** For each channel of the output the node whose low 8 or 16 bits are its sample. */
  readonly outputs: readonly Value[];
}

export interface Builder {
  constant(value: number): Value;
  maskConstant(value: boolean): Value;
  raw(channel: number, dx: number, dy: number): Value;
  place(name: PlaceName): Value;
  /** `args`: values, but for the second of a shift, which is a number of bits. */
  step(name: PrimitiveName, ...args: number[]): Value;
  isMask(value: Value): boolean;
  /** The program of these outputs, without the steps none of them needs. */
  finish(outputs: readonly Value[]): Program;
}

export function createBuilder(): Builder {
  const nodes: Node[] = [];
  const masks: boolean[] = [];
  const known = new Map<string, Value>();

  function add(key: string, node: Node, mask: boolean): Value {
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, nodes.length);
    masks.push(mask);
    return nodes.push(node) - 1;
  }

  function ofBits(bits: number, mask: boolean): Value {
    return add(`bits ${bits} ${mask}`, { kind: 'constant', bits }, mask);
  }

  const builder: Builder = {
    constant: (value) => ofBits(bitsOf(value), false),
    maskConstant: (value) => ofBits(value ? -1 : 0, true),
    raw: (channel, dx, dy) => add(`raw ${channel} ${dx} ${dy}`, { kind: 'raw', channel, dx, dy }, false),
    place: (name) => add(`place ${name}`, { kind: 'place', name }, false),
    step(name, ...args) {
      const { mask, shift } = primitive(name);
      const values = shift ? args.slice(0, 1) : args;
      if (values.every((value) => nodes[value]?.kind === 'constant')) return ofBits(computed(name, args, shift), mask);
      return add(`${name} ${args}`, { kind: 'step', name, args }, mask);
    },
    isMask: (value) => masks[value] === true,
    finish: (outputs) => withoutUnused(nodes, outputs),
  };
  return builder;

  function computed(name: PrimitiveName, args: readonly number[], shift: boolean): number {
    const registers = createRegisters(4);
    args.forEach((arg, index) => {
      const node = nodes[arg];
      if (node?.kind === 'constant' && !(shift && index === 1)) registers.i32[index] = node.bits;
    });
    primitive(name).run(registers, 3, 0, shift ? (args[1] as number) : 1, 2);
    return registers.i32[3] as number;
  }
}

/** As an f32. */
function bitsOf(value: number): number {
  ONE.f32[0] = value;
  return ONE.i32[0] as number;
}

/** Made once: two arrays for each constant were half the time a long formula took. */
const ONE = createRegisters(1);

/** The values a node reads. */
export function readsOf(node: Node): readonly Value[] {
  if (node.kind !== 'step') return [];
  return primitive(node.name).shift ? node.args.slice(0, 1) : node.args;
}

function withoutUnused(nodes: readonly Node[], outputs: readonly Value[]): Program {
  const needed = new Set(outputs);
  for (let value = nodes.length - 1; value >= 0; value--) {
    if (needed.has(value)) for (const read of readsOf(nodes[value] as Node)) needed.add(read);
  }
  const places = new Map([...needed].sort((a, b) => a - b).map((value, place) => [value, place]));
  const moved = (value: Value) => places.get(value) as Value;
  const kept = [...places.keys()].map((value): Node => {
    const node = nodes[value] as Node;
    if (node.kind !== 'step') return node;
    const { shift } = primitive(node.name);
    return { ...node, args: node.args.map((arg, index) => (shift && index === 1 ? arg : moved(arg))) };
  });
  return { nodes: kept, outputs: outputs.map(moved) };
}
