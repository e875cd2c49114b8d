/** Owns handing alpha through for kernels that work a channel at a time: the last channel of 2 or 4 copied as it is. */

export function copyAlpha8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  const last: usize = channels - 1;
  for (let y = 0; y < height; y++) {
    for (let i = last, end = <usize>(width * channels); i < end; i += channels) store<u8>(output + i, load<u8>(input + i));
    input += inStride;
    output += outStride;
  }
}

export function copyAlpha16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  const last: usize = (channels - 1) << 1;
  const step: usize = channels << 1;
  for (let y = 0; y < height; y++) {
    for (let i = last, end = <usize>width * step; i < end; i += step) store<u16>(output + i, load<u16>(input + i));
    input += inStride;
    output += outStride;
  }
}
