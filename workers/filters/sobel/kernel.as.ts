/** Sobel's operator in SIMD: kernels/derivative.as.ts with the weights 1, 2, 1. */
import { slopeTile16, slopeTile8 } from '../../kernels/derivative.as';

export function sobelU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  what: i32, strength: f32,
): void {
  slopeTile8(input, inStride, output, outStride, width, height, channels, 1, 2, what, strength);
}

export function sobelU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  what: i32, strength: f32,
): void {
  slopeTile16(input, inStride, output, outStride, width, height, channels, 1, 2, what, strength);
}
