/** Coloured pencil in SIMD: kernels/pencil.as.ts with the picture's colours. */
import { draw } from '../../kernels/pencil.as';

export function colorPencilU8(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  left: i32, top: i32, wide: i32, high: i32, lines: usize, counts: usize, across: usize, down: usize,
  ratio: f32, cap: f32, unit: f32, radius: i32, soft: i32, shade: f32,
): void {
  draw<u8>(
    input, inStride, output, outStride, width, height, channels, left, top, wide, high,
    lines, counts, across, down, ratio, cap, unit, radius, soft, shade, true,
  );
}

export function colorPencilU16(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  left: i32, top: i32, wide: i32, high: i32, lines: usize, counts: usize, across: usize, down: usize,
  ratio: f32, cap: f32, unit: f32, radius: i32, soft: i32, shade: f32,
): void {
  draw<u16>(
    input, inStride, output, outStride, width, height, channels, left, top, wide, high,
    lines, counts, across, down, ratio, cap, unit, radius, soft, shade, true,
  );
}
