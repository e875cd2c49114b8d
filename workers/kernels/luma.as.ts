/** Owns the luma of luma.ts for kernels that look it up sample by sample, and the change of colours that goes with it. */

/** Of the pixel whose red stands at `at`. */
// @ts-ignore: decorator
@inline
export function lumaAt<T>(at: usize): usize {
  const red = <u32>load<T>(at);
  const green = <u32>load<T>(at, sizeof<T>());
  const blue = <u32>load<T>(at, 2 * sizeof<T>());
  return (red * 9798 + green * 19235 + blue * 3735 + 16384) >>> 15;
}

/** Red, green and blue moved alike, so that the luma moves and the colour's own part stays; clipped. */
// @ts-ignore: decorator
@inline
export function moveColours<T>(from: usize, to: usize, by: i32): void {
  store<T>(to, clipped<T>(<i32>load<T>(from) + by));
  store<T>(to, clipped<T>(<i32>load<T>(from, sizeof<T>()) + by), sizeof<T>());
  store<T>(to, clipped<T>(<i32>load<T>(from, 2 * sizeof<T>()) + by), 2 * sizeof<T>());
}

// @ts-ignore: decorator
@inline
function clipped<T>(value: i32): T {
  const white: i32 = sizeof<T>() == 1 ? 255 : 65535;
  return <T>(value < 0 ? 0 : value > white ? white : value);
}
