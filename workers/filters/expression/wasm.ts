/**
 * Owns the bytes of a WebAssembly module with one function: just what emit.ts needs of the binary format (WebAssembly core
 * specification 2.0, chapter 5). Knows no formula.
 */

export type ValueType = 'i32' | 'f32' | 'v128';
const TYPE_CODES: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

export interface FunctionBody {
  /** The parameters' types; they are the first locals. */
  readonly params: readonly ValueType[];
  readonly locals: readonly ValueType[];
  /** Instructions, without the last `end`. */
  readonly code: readonly number[];
}

/** LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return bytes;
}

/** LEB128 of an i32. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest & 0x7f);
  return bytes;
}

/** A module that imports `env.memory` and exports the function as `name`. */
export function moduleOf(name: string, { params, locals, code }: FunctionBody): Uint8Array {
  const types = (list: readonly ValueType[]) => vector(list.map((type) => [TYPE_CODES[type]]));
  const body = [...vector(locals.map((type) => [1, TYPE_CODES[type]])), ...code, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[0x60, ...types(params), ...vector([])]])),
    ...section(2, vector([[...text('env'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...text(name), 0x00, 0]])),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(ascii: string): number[] {
  return [...unsigned(ascii.length), ...new TextEncoder().encode(ascii)];
}
