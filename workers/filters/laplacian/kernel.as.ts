/** The Laplacian in SIMD: kernels/derivative.as.ts. */
import { bendTile16, bendTile8 } from '../../kernels/derivative.as';

export function laplacianU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  all: bool, signed: bool, strength: f32,
): void {
  bendTile8(input, inStride, output, outStride, width, height, channels, all, signed, strength);
}

export function laplacianU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  all: bool, signed: bool, strength: f32,
): void {
  bendTile16(input, inStride, output, outStride, width, height, channels, all, signed, strength);
}
