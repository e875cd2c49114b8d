/** The median in SIMD: windows of 3x3 and 5x5 by sorting networks, larger ones out of histograms. */
import { rankTile16 } from '../../kernels/rank16.as';
import { rankTile8 } from '../../kernels/rank8.as';
import { sortedTile16, sortedTile8 } from './networks.as';

export function medianU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize,
): void {
  if (radius <= 2) return sortedTile8(input, inStride, output, outStride, width, height, channels, radius, scratch);
  const side = 2 * radius + 1;
  rankTile8(input, inStride, output, outStride, width, height, channels, radius, (side * side) >> 1, scratch);
}

export function medianU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize,
): void {
  if (radius <= 2) return sortedTile16(input, inStride, output, outStride, width, height, channels, radius, scratch);
  const side = 2 * radius + 1;
  rankTile16(input, inStride, output, outStride, width, height, channels, radius, (side * side) >> 1, scratch);
}
