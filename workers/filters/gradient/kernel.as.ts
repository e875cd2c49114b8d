/** The morphological gradient in SIMD: dilation less erosion, kernels/morphology.as.ts. */
import { differenceRows, dilateTile, erodeTile } from '../../kernels/morphology.as';

export function gradientU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize,
): void {
  dilateTile<u8>(input, inStride, output, outStride, width, height, channels, table);
  erodeTile<u8>(input, inStride, middle, stride, width, height, channels, table);
  differenceRows<u8>(output, outStride, middle, stride, output, outStride, width, height, channels);
}

export function gradientU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize,
): void {
  dilateTile<u16>(input, inStride, output, outStride, width, height, channels, table);
  erodeTile<u16>(input, inStride, middle, stride, width, height, channels, table);
  differenceRows<u16>(output, outStride, middle, stride, output, outStride, width, height, channels);
}
