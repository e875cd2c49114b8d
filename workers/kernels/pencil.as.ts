/**
 * Owns pencils in SIMD, bit for bit pencil.ts: the domain transform's windows counted, each count a tone of grey.
 * 4K RGB, defaults, one thread, through runChain, least of 3, time of the CPU: grey 100 ms on Node 24, coloured 137.
 */
import { blockBytes, count, measure } from './domain.as';
import { lumaAt, moveColours } from './luma.as';

/** Tones in grey, or `coloured`: moved by them, so that each colour keeps what it differs from its own luma. */
// @ts-ignore: decorator
@inline
export function draw<T>(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  left: i32, top: i32, wide: i32, high: i32, lines: usize, counts: usize, across: usize, down: usize,
  ratio: f32, cap: f32, unit: f32, radius: i32, soft: i32, shade: f32, coloured: bool,
): void {
  const first = input + top * inStride + ((left * channels) << alignof<T>());
  measure<T>(first, inStride, channels, wide, high, lines, 0, across, down, ratio, cap, unit, soft);
  // From here on in the part's own pixels.
  const x0 = -left;
  const y0 = -top;
  count(radius, counts, across, down, wide, high, x0, y0, x0 + width, y0 + height, lines);

  const white: i32 = sizeof<T>() == 1 ? 255 : 65535;
  const block = blockBytes(high) >> 2;
  const rgb = channels > 2;
  const keep = coloured && rgb;
  const alpha = (channels & 1) == 0;
  const colours: usize = keep ? 3 : 1;
  const last: usize = (channels - 1) << alignof<T>();
  for (let y = 0; y < height; y++) {
    let from = input + y * inStride;
    let to = output + y * outStride;
    for (let x = x0; x < x0 + width; x++) {
      const counted = load<u16>(counts + (x >> 3) * block + ((y0 + y) << 4) + ((x & 7) << 1));
      const tone = <i32>(<f32>counted * shade + <f32>0.5);
      if (keep) moveColours<T>(from, to, tone - <i32>lumaAt<T>(from));
      else store<T>(to, <T>min(tone, white));
      to += colours << alignof<T>();
      if (alpha) {
        store<T>(to, load<T>(from + last));
        to += sizeof<T>();
      }
      from += channels << alignof<T>();
    }
  }
}
