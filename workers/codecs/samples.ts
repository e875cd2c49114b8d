/**
 * Owns plain loops over samples that formats need: fewer or more channels, other depths, alpha on white.
 * Pure; every function leaves its input alone. These run once a photo, beside an encode ten times as long.
 */
import { type Channels, hasAlpha, newSamples, type Raster } from '../raster.ts';

/** RGBA with equal colours to grey + alpha; RGB to grey. Takes the first of the three. */
export function packGrey(raster: Raster): Raster {
  const channels: Channels = hasAlpha(raster) ? 2 : 1;
  return regroup(raster, channels, hasAlpha(raster) ? [0, 3] : [0]);
}

/** Grey (+ alpha) to RGB (+ alpha). */
export function spreadGrey(raster: Raster): Raster {
  return hasAlpha(raster) ? regroup(raster, 4, [0, 0, 0, 1]) : regroup(raster, 3, [0, 0, 0]);
}

function regroup(raster: Raster, channels: Channels, from: readonly number[]): Raster {
  const { data, width, height, depth } = raster;
  const pixels = width * height;
  const out = newSamples(depth, pixels * channels);
  for (let channel = 0; channel < channels; channel += 1) {
    const offset = from[channel] ?? 0;
    for (let pixel = 0, to = channel, at = offset; pixel < pixels; pixel += 1, to += channels, at += raster.channels) {
      out[to] = data[at] as number;
    }
  }
  return { ...raster, data: out, channels };
}

/** 16 bits to 8, rounded: `(v * 255 + 32,895) >> 16` is round(v / 257) for every v (checked over all 65,536). */
export function toEightBits(raster: Raster): Raster {
  const { data } = raster;
  const out = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index += 1) out[index] = ((data[index] as number) * 255 + 32_895) >>> 16;
  return { ...raster, data: out, depth: 8 };
}

/** 8 bits to 16: 255 becomes 65,535. */
export function toSixteenBits(raster: Raster): Raster {
  const { data } = raster;
  const out = new Uint16Array(data.length);
  for (let index = 0; index < data.length; index += 1) out[index] = (data[index] as number) * 257;
  return { ...raster, data: out, depth: 16 };
}

/** Straight alpha laid on white in the picture's own encoding, as browsers and editors do; rounded. */
export function flattenOnWhite(raster: Raster): Raster {
  const { data, width, height, depth } = raster;
  const colours = raster.channels - 1;
  const max = depth === 8 ? 255 : 65_535;
  const pixels = width * height;
  const out = newSamples(depth, pixels * colours);
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel += 1) {
    const alpha = data[from + colours] as number;
    const white = max * (max - alpha);
    for (let channel = 0; channel < colours; channel += 1) {
      out[to] = ((data[from + channel] as number) * alpha + white + max / 2) / max;
      to += 1;
    }
    from += raster.channels;
  }
  return { ...raster, data: out, channels: colours === 1 ? 1 : 3 };
}
