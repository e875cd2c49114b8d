/** The top hat in SIMD: the picture less its opening, kernels/morphology.as.ts. */
import { differenceRows, openTile } from '../../kernels/morphology.as';

export function topHatU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  openTile<u8>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight,
  );
  differenceRows<u8>(input, inStride, output, outStride, output, outStride, width, height, channels);
}

export function topHatU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  openTile<u16>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight,
  );
  differenceRows<u16>(input, inStride, output, outStride, output, outStride, width, height, channels);
}
