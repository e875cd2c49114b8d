/** The black hat in SIMD: the closing of the picture less the picture, kernels/morphology.as.ts. */
import { differenceRows, closeTile } from '../../kernels/morphology.as';

export function blackHatU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  closeTile<u8>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight,
  );
  differenceRows<u8>(output, outStride, input, inStride, output, outStride, width, height, channels);
}

export function blackHatU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  closeTile<u16>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight,
  );
  differenceRows<u16>(output, outStride, input, inStride, output, outStride, width, height, channels);
}
