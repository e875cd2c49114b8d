/**
 * Owns changing a pixel by its luma alone: grey is looked up, red, green and blue all move by what their luma does, which
 * keeps the colour's own part (Cb and Cr) as it is. `table` holds that move for each level, 32 bits each. Alpha stays.
 */
import { lumaAt, moveColours } from './luma.as';

// @ts-ignore: decorator
@inline
export function moveByLuma<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  const step = <usize>channels << alignof<T>();
  const alpha = step - sizeof<T>();
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x++, from += step, to += step) {
      if (channels < 3) {
        const level = <usize>load<T>(from);
        store<T>(to, <T>(<i32>level + load<i32>(table + (level << 2))));
      } else {
        moveColours<T>(from, to, load<i32>(table + (lumaAt<T>(from) << 2)));
      }
      if ((channels & 1) == 0) store<T>(to + alpha, load<T>(from + alpha));
    }
    input += inStride;
    output += outStride;
  }
}
