/** Dilation in SIMD: the greatest under the element, kernels/morphology.as.ts. */
import { dilateTile } from '../../kernels/morphology.as';

export function dilateU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  dilateTile<u8>(input, inStride, output, outStride, width, height, channels, table);
}

export function dilateU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  dilateTile<u16>(input, inStride, output, outStride, width, height, channels, table);
}
