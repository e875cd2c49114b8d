/** Unsharp mask in SIMD: the Gaussian of kernels/blur8.as.ts and blur16.as.ts, its difference added back as each pixel comes out. */
import { blurTile8 } from '../../kernels/blur8.as';
import { blurTile16 } from '../../kernels/blur16.as';

export function unsharpMaskU8(
  input: usize,
  inStride: usize,
  output: usize,
  outStride: usize,
  width: i32,
  height: i32,
  channels: i32,
  radius: i32,
  scratch: usize,
  amount: f32,
  threshold: i32,
): void {
  blurTile8(input, inStride, output, outStride, width, height, channels, radius, scratch, true, amount, threshold);
}

export function unsharpMaskU16(
  input: usize,
  inStride: usize,
  output: usize,
  outStride: usize,
  width: i32,
  height: i32,
  channels: i32,
  radius: i32,
  scratch: usize,
  amount: f32,
  threshold: i32,
): void {
  blurTile16(input, inStride, output, outStride, width, height, channels, radius, scratch, true, amount, threshold);
}
