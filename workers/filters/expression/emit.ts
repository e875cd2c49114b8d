/**
 * Owns the WebAssembly a program becomes: one function that makes a row, four pixels a round.
 * A row and not a tile, because V8 swaps its quick first code for the optimised one between calls only.
 */
import { FARTHEST_NEIGHBOUR } from '../../../preload/expression/grammar.ts';
import type { Channels, Depth } from '../../raster.ts';
import { type Code, createCode, type Local, SIMD } from './code.ts';
import { close, LANES, open, pick } from './pixels.ts';
import { primitive } from './primitives.ts';
import type { Node, Program } from './program.ts';
import { moduleOf, type ValueType } from './wasm.ts';

/** What the function is called with, in this order. */
const PARAMS = [
  /** Addresses of the row's first pixel. */
  ['input', 'i32'],
  ['output', 'i32'],
  /** px */
  ['width', 'i32'],
  /** Bytes from a row of the input to the next. */
  ['stride', 'i32'],
  /** Address of the table. */
  ['table', 'i32'],
  /** px: the first pixel's place, and the picture's size. */
  ['x', 'i32'],
  ['y', 'f32'],
  ['pictureWidth', 'f32'],
  ['pictureHeight', 'f32'],
] as const satisfies readonly (readonly [string, ValueType])[];
type Param = (typeof PARAMS)[number][0];

export const ROW = 'row';

export interface Emitted {
  readonly module: Uint8Array;
  /** What must stand, 16-aligned, where the function is told. */
  readonly table: Uint8Array;
}

export function emit(program: Program, channels: Channels, depth: Depth): Emitted {
  const code = createCode(PARAMS.length);
  const { nodes, outputs } = program;
  const rows = rowPointers(code, nodes, channels, depth);
  const columns = code.local('v128');
  const values = nodes.map((node) => beforeLoop(code, node));
  const ramp = code.constant([0, 1, 2, 3].flatMap((lane) => [lane, 0, 0, 0]));
  const step = code.constant([0, 1, 2, 3].flatMap(() => [LANES, 0, 0, 0]));
  code.get(param('x'));
  code.simd(SIMD.splatI32);
  code.get(ramp);
  code.simd(SIMD.addI32);
  code.set(columns);

  code.repeat(param('width'), LANES, () => {
    const opened = new Map<string, readonly Local[]>();
    nodes.forEach((node, value) => {
      switch (node.kind) {
        case 'constant':
          return;
        case 'place':
          if (node.name !== 'x') return;
          code.get(columns);
          code.simd(SIMD.toF32);
          break;
        case 'raw': {
          const key = `${node.dx} ${node.dy}`;
          const row = rows.get(node.dy) as Local;
          const offset = leftBytes(channels, depth) + node.dx * channels * (depth / 8);
          const vectors = opened.get(key) ?? open(code, row, offset, channels, depth);
          opened.set(key, vectors);
          pick(code, vectors, node.channel, channels, depth);
          break;
        }
        case 'step': {
          const { shift, opcode } = primitive(node.name);
          node.args.forEach((arg, index) => {
            if (shift && index === 1) code.i32(arg);
            else code.get(values[arg] as Local);
          });
          code.simd(opcode);
          break;
        }
      }
      code.set(values[value] as Local);
    });
    close(
      code,
      outputs.map((value) => values[value] as Local),
      param('output'),
      depth,
    );
    code.advance(param('output'), LANES * outputs.length * (depth / 8));
    for (const row of rows.values()) code.advance(row, LANES * channels * (depth / 8));
    code.get(columns);
    code.get(step);
    code.simd(SIMD.addI32);
    code.set(columns);
  });

  const { body, table } = code.finish(
    PARAMS.map(([, type]) => type),
    param('table'),
  );
  return { module: moduleOf(ROW, body), table };
}

function param(name: Param): Local {
  return PARAMS.findIndex(([each]) => each === name);
}

/** Offsets can't be negative: pointers stand this much left of the pixel, as far as the farthest neighbour. */
function leftBytes(channels: Channels, depth: Depth): number {
  return FARTHEST_NEIGHBOUR * channels * (depth / 8);
}

/** A pointer into each row that is read, by its distance from the pixel's own. */
function rowPointers(code: Code, nodes: readonly Node[], channels: Channels, depth: Depth): ReadonlyMap<number, Local> {
  const rows = new Map<number, Local>();
  for (const node of nodes) {
    if (node.kind !== 'raw' || rows.has(node.dy)) continue;
    const row = code.local('i32');
    code.address(row, param('input'), param('stride'), node.dy, -leftBytes(channels, depth));
    rows.set(node.dy, row);
  }
  return rows;
}

/** The local a value will have; what does not change along a row has it already. */
function beforeLoop(code: Code, node: Node): Local {
  if (node.kind === 'constant') {
    const bytes = [...new Uint8Array(Int32Array.of(node.bits).buffer)];
    return code.constant([...bytes, ...bytes, ...bytes, ...bytes]);
  }
  const local = code.local('v128');
  if (node.kind === 'place' && node.name !== 'x') {
    code.get(param(node.name === 'y' ? 'y' : node.name === 'width' ? 'pictureWidth' : 'pictureHeight'));
    code.simd(SIMD.splatF32);
    code.set(local);
  }
  return local;
}
