/** The Gaussian in SIMD: kernels/blur8.as.ts and blur16.as.ts with its pixels left as they come out. */
import { blurTile8 } from '../../kernels/blur8.as';
import { blurTile16 } from '../../kernels/blur16.as';

export function gaussianBlurU8(
  input: usize,
  inStride: usize,
  output: usize,
  outStride: usize,
  width: i32,
  height: i32,
  channels: i32,
  radius: i32,
  scratch: usize,
): void {
  blurTile8(input, inStride, output, outStride, width, height, channels, radius, scratch, false, 0, 0);
}

export function gaussianBlurU16(
  input: usize,
  inStride: usize,
  output: usize,
  outStride: usize,
  width: i32,
  height: i32,
  channels: i32,
  radius: i32,
  scratch: usize,
): void {
  blurTile16(input, inStride, output, outStride, width, height, channels, radius, scratch, false, 0, 0);
}
