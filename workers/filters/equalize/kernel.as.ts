/** Equalize in WebAssembly: counts of kernels/histogram.as.ts, pixels moved by luma-lut.as.ts. */
import { moveByLuma } from '../../kernels/luma-lut.as';

export { histogramU16 as equalizeCountU16, histogramU8 as equalizeCountU8 } from '../../kernels/histogram.as';

export function equalizeU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  moveByLuma<u8>(input, inStride, output, outStride, width, height, channels, table);
}

export function equalizeU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  moveByLuma<u16>(input, inStride, output, outStride, width, height, channels, table);
}
