/** Scharr's operator in SIMD: kernels/derivative.as.ts with the weights 3, 10, 3. */
import { slopeTile16, slopeTile8 } from '../../kernels/derivative.as';

export function scharrU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  what: i32, strength: f32,
): void {
  slopeTile8(input, inStride, output, outStride, width, height, channels, 3, 10, what, strength);
}

export function scharrU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  what: i32, strength: f32,
): void {
  slopeTile16(input, inStride, output, outStride, width, height, channels, 3, 10, what, strength);
}
