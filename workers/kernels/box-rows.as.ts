/**
 * Owns box sums in SIMD, a row at a time: columns are kept up to date by the row that comes and the row that goes, then
 * summed along the row. All in integers modulo 2^32, so a sum is exact wherever a tile or a row begins: a running sum in
 * floats would drift with its start.
 */
import { ROUND_BITS, ROUND_F32 } from './blur-rows.as';
import { held, zipHigh, zipLow } from './lanes.as';

/** Bytes of a row in scratch, with the slack that kernels read and write past it. */
// @ts-ignore: decorator
@inline
export function rowBytesOf(samples: i32, sampleBytes: i32): usize {
  return (samples * sampleBytes + 128 + 15) & ~15;
}

/** The nearest integers, ties to even; `round` and `bits` are ROUND_F32 and ROUND_BITS, held. */
// @ts-ignore: decorator
@inline
export function rounded(value: v128, round: v128, bits: v128): v128 {
  return i32x4.sub(f32x4.add(value, round), bits);
}

/** Sums of four lanes from the first on, with what stood before them. Its last lane is the next one's `before`. */
// @ts-ignore: decorator
@inline
function runOn(lanes: v128, before: v128, zero: v128): v128 {
  let sums = i32x4.add(lanes, v128.shuffle<u32>(zero, lanes, 3, 4, 5, 6));
  sums = i32x4.add(sums, v128.shuffle<u32>(zero, sums, 2, 3, 4, 5));
  return i32x4.add(sums, before);
}

// @ts-ignore: decorator
@inline
function lastOf(sums: v128): v128 {
  return v128.shuffle<u32>(sums, sums, 3, 3, 3, 3);
}

/** Column sums at `at`, changed by `change`. */
// @ts-ignore: decorator
@inline
function changed(at: usize, change: v128): v128 {
  const sums = i32x4.add(v128.load(at), change);
  v128.store(at, sums);
  return sums;
}

/**
 * A row of guide g and value v (i16) comes, another goes. `columns` holds Σg, Σv, Σgg, Σgv of every column, four columns
 * after four; `lines` are four rows of `lineBytes`: sums of columns from the row's begin up to and without x.
 * dot((new, old), (new, -old)) is what a column's sum of squares changes by.
 */
export function momentRow(
  guideNew: usize, guideOld: usize, valueNew: usize, valueOld: usize,
  columns: usize, lines: usize, lineBytes: usize, count: i32,
): void {
  const zero = held(i32x4.splat(0));
  const ones = held(i16x8.splat(1));
  let g = zero;
  let v = zero;
  let gg = zero;
  let gv = zero;
  const second = lines + lineBytes;
  const third = second + lineBytes;
  const fourth = third + lineBytes;
  v128.store(lines, zero);
  v128.store(second, zero);
  v128.store(third, zero);
  v128.store(fourth, zero);
  for (let x = 0; x < count; x += 8) {
    const at: usize = x << 1;
    const gNew = v128.load(guideNew + at);
    const gOld = v128.load(guideOld + at);
    const gLess = i16x8.neg(gOld);
    const vNew = v128.load(valueNew + at);
    const vLess = i16x8.neg(v128.load(valueOld + at));
    const out: usize = x << 2;
    let column = columns + (x << 4);
    let both = zipLow(gNew, gOld);
    let change = zipLow(gNew, gLess);
    let values = zipLow(vNew, vLess);
    g = runOn(changed(column, i32x4.dot_i16x8_s(change, ones)), lastOf(g), zero);
    v = runOn(changed(column + 16, i32x4.dot_i16x8_s(values, ones)), lastOf(v), zero);
    gg = runOn(changed(column + 32, i32x4.dot_i16x8_s(both, change)), lastOf(gg), zero);
    gv = runOn(changed(column + 48, i32x4.dot_i16x8_s(both, values)), lastOf(gv), zero);
    v128.store(lines + out, g, 4);
    v128.store(second + out, v, 4);
    v128.store(third + out, gg, 4);
    v128.store(fourth + out, gv, 4);
    column += 64;
    both = zipHigh(gNew, gOld);
    change = zipHigh(gNew, gLess);
    values = zipHigh(vNew, vLess);
    g = runOn(changed(column, i32x4.dot_i16x8_s(change, ones)), lastOf(g), zero);
    v = runOn(changed(column + 16, i32x4.dot_i16x8_s(values, ones)), lastOf(v), zero);
    gg = runOn(changed(column + 32, i32x4.dot_i16x8_s(both, change)), lastOf(gg), zero);
    gv = runOn(changed(column + 48, i32x4.dot_i16x8_s(both, values)), lastOf(gv), zero);
    v128.store(lines + out, g, 20);
    v128.store(second + out, v, 20);
    v128.store(third + out, gg, 20);
    v128.store(fourth + out, gv, 20);
  }
}

/** As momentRow, for two rows of i16 whose plain sums are wanted: Σa and Σb. */
export function pairRow(
  aNew: usize, aOld: usize, bNew: usize, bOld: usize,
  columns: usize, lines: usize, lineBytes: usize, count: i32,
): void {
  const zero = held(i32x4.splat(0));
  const comeAndGo = held(i32x4.splat(-0xffff));
  let a = zero;
  let b = zero;
  const second = lines + lineBytes;
  v128.store(lines, zero);
  v128.store(second, zero);
  for (let x = 0; x < count; x += 8) {
    const at: usize = x << 1;
    const aCome = v128.load(aNew + at);
    const aGo = v128.load(aOld + at);
    const bCome = v128.load(bNew + at);
    const bGo = v128.load(bOld + at);
    const column = columns + (x << 3);
    const out: usize = x << 2;
    a = runOn(changed(column, i32x4.dot_i16x8_s(zipLow(aCome, aGo), comeAndGo)), lastOf(a), zero);
    b = runOn(changed(column + 16, i32x4.dot_i16x8_s(zipLow(bCome, bGo), comeAndGo)), lastOf(b), zero);
    v128.store(lines + out, a, 4);
    v128.store(second + out, b, 4);
    a = runOn(changed(column + 32, i32x4.dot_i16x8_s(zipHigh(aCome, aGo), comeAndGo)), lastOf(a), zero);
    b = runOn(changed(column + 48, i32x4.dot_i16x8_s(zipHigh(bCome, bGo), comeAndGo)), lastOf(b), zero);
    v128.store(lines + out, a, 20);
    v128.store(second + out, b, 20);
  }
}

/** As momentRow, for a guide that is its own value: Σg and Σgg. */
export function squareRow(guideNew: usize, guideOld: usize, columns: usize, lines: usize, lineBytes: usize, count: i32): void {
  const zero = held(i32x4.splat(0));
  const ones = held(i16x8.splat(1));
  let g = zero;
  let gg = zero;
  const second = lines + lineBytes;
  v128.store(lines, zero);
  v128.store(second, zero);
  for (let x = 0; x < count; x += 8) {
    const at: usize = x << 1;
    const come = v128.load(guideNew + at);
    const go = v128.load(guideOld + at);
    const less = i16x8.neg(go);
    const column = columns + (x << 3);
    const out: usize = x << 2;
    let change = zipLow(come, less);
    g = runOn(changed(column, i32x4.dot_i16x8_s(change, ones)), lastOf(g), zero);
    gg = runOn(changed(column + 16, i32x4.dot_i16x8_s(zipLow(come, go), change)), lastOf(gg), zero);
    v128.store(lines + out, g, 4);
    v128.store(second + out, gg, 4);
    change = zipHigh(come, less);
    g = runOn(changed(column + 32, i32x4.dot_i16x8_s(change, ones)), lastOf(g), zero);
    gg = runOn(changed(column + 48, i32x4.dot_i16x8_s(zipHigh(come, go), change)), lastOf(gg), zero);
    v128.store(lines + out, g, 20);
    v128.store(second + out, gg, 20);
  }
}

/** Sums over windows of `reach` bytes (4 a column) that begin at x. */
// @ts-ignore: decorator
@inline
export function windowSum(line: usize, at: usize, reach: usize): v128 {
  return i32x4.sub(v128.load(line + at + reach), v128.load(line + at));
}

/**
 * He, Sun, Tang: a = cov(g, v) / (var(g) + eps), b = mean(v) - a * mean(g), for windows of `side` columns.
 * Kept as integers: a with 8 bits of fraction, b with one (guided.ts says why that is enough), so that their sums are exact.
 */
export function coefficientRow(
  lines: usize, lineBytes: usize, side: i32, inverse: f32, eps: f32, aScale: f32, bScale: f32,
  aOut: usize, bOut: usize, count: i32,
): void {
  const reach: usize = side << 2;
  const second = lines + lineBytes;
  const third = second + lineBytes;
  const fourth = third + lineBytes;
  const share = f32x4.splat(inverse);
  const epsilon = f32x4.splat(eps);
  const aUnits = f32x4.splat(aScale);
  const bUnits = f32x4.splat(bScale);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  for (let x = 0; x < count; x += 4) {
    const at: usize = x << 2;
    const g = f32x4.mul(f32x4.convert_i32x4_s(windowSum(lines, at, reach)), share);
    const v = f32x4.mul(f32x4.convert_i32x4_s(windowSum(second, at, reach)), share);
    const gg = f32x4.mul(f32x4.convert_i32x4_s(windowSum(third, at, reach)), share);
    const gv = f32x4.mul(f32x4.convert_i32x4_s(windowSum(fourth, at, reach)), share);
    const variance = f32x4.sub(gg, f32x4.mul(g, g));
    const covariance = f32x4.sub(gv, f32x4.mul(g, v));
    const a = f32x4.div(covariance, f32x4.add(variance, epsilon));
    const b = f32x4.sub(v, f32x4.mul(a, g));
    const aWhole = rounded(f32x4.mul(a, aUnits), round, bits);
    const bWhole = rounded(f32x4.mul(b, bUnits), round, bits);
    v128.store64_lane(aOut + (x << 1), i16x8.narrow_i32x4_s(aWhole, aWhole), 0);
    v128.store64_lane(bOut + (x << 1), i16x8.narrow_i32x4_s(bWhole, bWhole), 0);
  }
}
