/** Invert in SIMD: taking a sample from white turns all its bits over, whatever its depth. */
import { alphaMask16, alphaMask8, held } from '../../kernels/lanes.as';

export function invertU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  invertRows(input, inStride, output, outStride, width * channels, height, alphaMask8(channels));
}

export function invertU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  invertRows(input, inStride, output, outStride, (width * channels) << 1, height, alphaMask16(channels));
}

function invertRows(
  input: usize, inStride: usize, output: usize, outStride: usize, rowBytes: usize, height: i32, alpha: v128,
): void {
  const colour = held(v128.not(alpha));
  for (let y = 0; y < height; y++) {
    for (let i: usize = 0; i < rowBytes; i += 32) {
      v128.store(output + i, v128.xor(v128.load(input + i), colour));
      v128.store(output + i, v128.xor(v128.load(input + i, 16), colour), 16);
    }
    input += inStride;
    output += outStride;
  }
}
