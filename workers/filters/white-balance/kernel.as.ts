/** White balance in WebAssembly: sums of grey world here, the rest is tables (kernels/lut.as.ts). */
export { lookupU16 as whiteBalanceU16, lookupU8 as whiteBalanceU8 } from '../../kernels/lut.as';

/** Three sums of 64 bits, red, green, blue, to `sums`: of pixels whose (max - min) * white is not over threshold * max. */
export function whiteBalanceCountU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  threshold: i32, sums: usize,
): void {
  count<u8>(input, inStride, width, height, channels, 255, threshold, sums);
}

export function whiteBalanceCountU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  threshold: i32, sums: usize,
): void {
  count<u16>(input, inStride, width, height, channels, 65535, threshold, sums);
}

// @ts-ignore: decorator
@inline
function count<T>(
  input: usize, inStride: usize, width: i32, height: i32, channels: i32, white: u32, threshold: u32, sums: usize,
): void {
  const step = <usize>channels << alignof<T>();
  let reds: u64 = 0;
  let greens: u64 = 0;
  let blues: u64 = 0;
  for (let y = 0; y < height; y++, input += inStride) {
    for (let x = 0, at = input; x < width; x++, at += step) {
      const red = <u32>load<T>(at);
      const green = <u32>load<T>(at, sizeof<T>());
      const blue = <u32>load<T>(at, 2 * sizeof<T>());
      const most = max(max(red, green), blue);
      const least = min(min(red, green), blue);
      // Below 2^32 at 16 bits: 65,535 squared. A mask and no branch: noise would mispredict it.
      const keep: u32 = (most - least) * white > threshold * most ? 0 : -1;
      reds += red & keep;
      greens += green & keep;
      blues += blue & keep;
    }
  }
  store<u64>(sums, reds);
  store<u64>(sums, greens, 8);
  store<u64>(sums, blues, 16);
}
