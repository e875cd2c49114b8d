/** The Gaussian in SIMD, its pixels left as they come out: exact where shift is 0, over cells where it is not. */
import { blurTile16 } from '../../kernels/blur16.as';
import { blurTile8 } from '../../kernels/blur8.as';
import { coarseTile } from '../../kernels/coarse-blur.as';

export function gaussianBlurU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, shift: i32, left: i32, top: i32, scratch: usize,
): void {
  if (shift == 0) {
    blurTile8(input, inStride, output, outStride, width, height, channels, radius, scratch, false, 0, 0);
  } else {
    coarseTile(input, inStride, output, outStride, width, height, channels, radius, shift, left, top, scratch, false, false, 0, 0);
  }
}

export function gaussianBlurU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, shift: i32, left: i32, top: i32, scratch: usize,
): void {
  if (shift == 0) {
    blurTile16(input, inStride, output, outStride, width, height, channels, radius, scratch, false, 0, 0);
  } else {
    coarseTile(input, inStride, output, outStride, width, height, channels, radius, shift, left, top, scratch, true, false, 0, 0);
  }
}
