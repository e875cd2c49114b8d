/**
 * Watercolour in SIMD, bit for bit scalar.ts: the domain transform's washes (kernels/domain.as.ts), then each pixel
 * darkened by how much its wash differs from those to the right and below.
 * 4K RGB, defaults, one thread, through runChain, least of 4, time of the CPU: Node 24 297 ms, Electron 42 350.
 */
import { blockBytes, measure, smooth } from '../../kernels/domain.as';

const ROUND_F32: f32 = 12582912.0;
const ROUND_BITS: i32 = 0x4b400000;
const PASSES: i32 = 3;

/** |(dx, dy)| of each channel, from u16 fours. */
// @ts-ignore: decorator
@inline
function steepness(here: v128, right: v128, below: v128): v128 {
  const dx = f32x4.convert_i32x4_s(i32x4.sub(right, here));
  const dy = f32x4.convert_i32x4_s(i32x4.sub(below, here));
  return f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
}

// @ts-ignore: decorator
@inline
function place(pixels: usize, block: i32, x: i32, y: i32): usize {
  return pixels + (x >> 3) * block + (y << 6) + ((x & 7) << 3);
}

// @ts-ignore: decorator
@inline
function watercolor<T>(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  left: i32, top: i32, wide: i32, high: i32, plan: usize, lines: usize, pixels: usize, across: usize, down: usize,
  ratio: f32, cap: f32, unit: f32, outline: i32, darkening: f32,
): void {
  const first = input + top * inStride + ((left * channels) << alignof<T>());
  measure<T>(first, inStride, channels, wide, high, lines, pixels, across, down, ratio, cap, unit, 0);
  // From here on in the part's own pixels.
  const x0 = -left;
  const y0 = -top;
  smooth(
    plan, PASSES, pixels, across, down, wide, high,
    x0, y0, min(wide, x0 + width + outline), min(high, y0 + height + outline), lines,
  );

  const grey = channels < 3;
  const colours = grey ? 1 : 3;
  const block = blockBytes(high);
  const scale = f32x4.splat(sizeof<T>() == 1 ? <f32>(1.0 / 257.0) : 1.0);
  for (let y = 0; y < height; y++) {
    const down = min(y0 + y + outline, high - 1);
    let out = output + y * outStride;
    for (let x = 0; x < width; x++) {
      const here = v128.load16x4_u(place(pixels, block, x0 + x, y0 + y));
      const right = v128.load16x4_u(place(pixels, block, min(x0 + x + outline, wide - 1), y0 + y));
      const below = v128.load16x4_u(place(pixels, block, x0 + x, down));
      const steep = steepness(here, right, below);
      const red = f32x4.extract_lane(steep, 0);
      const green = grey ? red : f32x4.extract_lane(steep, 1);
      const blue = grey ? red : f32x4.extract_lane(steep, 2);
      const light = max<f32>(0, 1 - (red + green + blue) * darkening);
      const level = f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(here), f32x4.splat(light)), scale);
      const rounded = i32x4.sub(f32x4.add(level, f32x4.splat(ROUND_F32)), i32x4.splat(ROUND_BITS));
      store<T>(out, <T>i32x4.extract_lane(rounded, 0));
      if (!grey) {
        store<T>(out + sizeof<T>(), <T>i32x4.extract_lane(rounded, 1));
        store<T>(out + 2 * sizeof<T>(), <T>i32x4.extract_lane(rounded, 2));
      }
      if (channels != colours) {
        const alpha = (x * channels + colours) << alignof<T>();
        store<T>(out + (colours << alignof<T>()), load<T>(input + y * inStride + alpha));
      }
      out += channels << alignof<T>();
    }
  }
}

export function watercolorU8(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  left: i32, top: i32, wide: i32, high: i32, plan: usize, lines: usize, pixels: usize, across: usize, down: usize,
  ratio: f32, cap: f32, unit: f32, outline: i32, darkening: f32,
): void {
  watercolor<u8>(
    input, inStride, output, outStride, width, height, channels, left, top, wide, high,
    plan, lines, pixels, across, down, ratio, cap, unit, outline, darkening,
  );
}

export function watercolorU16(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  left: i32, top: i32, wide: i32, high: i32, plan: usize, lines: usize, pixels: usize, across: usize, down: usize,
  ratio: f32, cap: f32, unit: f32, outline: i32, darkening: f32,
): void {
  watercolor<u16>(
    input, inStride, output, outStride, width, height, channels, left, top, wide, high,
    plan, lines, pixels, across, down, ratio, cap, unit, outline, darkening,
  );
}
