/** Erosion in SIMD: the least under the element, kernels/morphology.as.ts. */
import { erodeTile } from '../../kernels/morphology.as';

export function erodeU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  erodeTile<u8>(input, inStride, output, outStride, width, height, channels, table);
}

export function erodeU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  erodeTile<u16>(input, inStride, output, outStride, width, height, channels, table);
}
