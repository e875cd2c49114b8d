/** Opening in SIMD: erosion, then dilation of what that made, kernels/morphology.as.ts. */
import { openTile } from '../../kernels/morphology.as';

export function openU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  openTile<u8>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight,
  );
}

export function openU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  openTile<u16>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight,
  );
}
