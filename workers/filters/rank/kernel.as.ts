/** Any order statistic of a square window in SIMD: kernels/rank8.as.ts and rank16.as.ts as they are. */
import { rankTile16 } from '../../kernels/rank16.as';
import { rankTile8 } from '../../kernels/rank8.as';

export function rankU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, rank: i32, scratch: usize,
): void {
  rankTile8(input, inStride, output, outStride, width, height, channels, radius, rank, scratch);
}

export function rankU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, rank: i32, scratch: usize,
): void {
  rankTile16(input, inStride, output, outStride, width, height, channels, radius, rank, scratch);
}
