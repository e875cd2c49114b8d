/** Unsharp mask in SIMD: the Gaussian, its difference added back as each pixel comes out. */
import { blurTile16 } from '../../kernels/blur16.as';
import { blurTile8 } from '../../kernels/blur8.as';
import { coarseTile } from '../../kernels/coarse-blur.as';

export function unsharpMaskU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, shift: i32, left: i32, top: i32, scratch: usize, amount: f32, threshold: i32,
): void {
  if (shift == 0) {
    blurTile8(input, inStride, output, outStride, width, height, channels, radius, scratch, true, amount, threshold);
  } else {
    coarseTile(input, inStride, output, outStride, width, height, channels, radius, shift, left, top, scratch, false, true, amount, threshold);
  }
}

export function unsharpMaskU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, shift: i32, left: i32, top: i32, scratch: usize, amount: f32, threshold: i32,
): void {
  if (shift == 0) {
    blurTile16(input, inStride, output, outStride, width, height, channels, radius, scratch, true, amount, threshold);
  } else {
    coarseTile(input, inStride, output, outStride, width, height, channels, radius, shift, left, top, scratch, true, true, amount, threshold);
  }
}
