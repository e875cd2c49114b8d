/** Owns what a convolution is: its words, and how its weights come to the SIMD twin. weights.ts reads them. */

import { LARGEST_SIDE } from '../../../preload/weights.ts';
import type { Depth } from '../../raster.ts';
import { callKernel, defineFilter, type TileJob, type TileShape } from '../define.ts';
import { offsetOf, scalar } from './scalar.ts';
import { type ConvolveParams, type Tap, type Weights, weightsOf } from './weights.ts';

/** Bytes of a ring of rows in single precision: it stays in a core's L2 while a block of columns goes down the tile. */
const RING_BYTES = 128 * 1024;
/** Samples of output: narrower blocks spend more on what the weights overlap. */
const NARROWEST = 256;

export const convolve = defineFilter<ConvolveParams>({
  id: 'convolve',
  group: 'edges',
  label: { en: 'Convolve', 'zh-CN': '卷积' },
  help: {
    en: 'Each pixel becomes a weighted sum of those around it: your own blur, sharpening, emboss or edges.',
    'zh-CN': '每个像素变为其周围像素的加权和:自定义模糊、锐化、浮雕或边缘效果。',
  },
  params: [
    {
      name: 'kernel',
      type: 'text',
      label: { en: 'Weights', 'zh-CN': '权重' },
      help: {
        en: `Numbers with spaces between, rows with / between, up to ${LARGEST_SIDE} × ${LARGEST_SIDE}. The middle one is for the pixel itself.`,
        'zh-CN': `数字以空格分隔,行以 / 分隔,最大 ${LARGEST_SIDE} × ${LARGEST_SIDE}。中间的数字对应像素自身。`,
      },
      syntax: 'weights',
      maxLength: 10_000,
      default: '0 -1 0 / -1 5 -1 / 0 -1 0',
    },
    {
      name: 'divisor',
      type: 'number',
      label: { en: 'Divisor', 'zh-CN': '除数' },
      help: {
        en: 'The sum is divided by this. At 0 by the sum of the weights, which keeps the brightness.',
        'zh-CN': '加权和除以该值。为 0 时除以权重之和,亮度保持不变。',
      },
      min: -100_000,
      max: 100_000,
      step: 0.1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'offset',
      type: 'number',
      label: { en: 'Offset', 'zh-CN': '偏移' },
      help: {
        en: 'Levels (of 255) added at the end: 128 shows what lies below 0 around middle grey.',
        'zh-CN': '最后加上的色阶(共 255 级):128 可将负值以中灰为零点显示。',
      },
      min: -255,
      max: 255,
      step: 1,
      default: 0,
      unit: '',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'reflect-101',
  halo: (params) => haloOf(weightsOf(params)),
  // Four samples a multiplication where a blur's tap has eight, and a division at the end; two weights where whole.
  taps: (params, depth) => {
    const weights = weightsOf(params);
    return 10 + (isWhole(weights, depth) ? 1.5 : 3) * weights.taps.length;
  },
  scratchBytes,
  scalar,
  simd(job, params, kernels) {
    const weights = weightsOf(params);
    const { width, height, divisor } = weights;
    const whole = isWhole(weights, job.depth);
    const entries = whole ? pairsOf(weights) : weights.taps.map((tap) => ({ ...tap, bits: floatBits(tap.weight) }));
    const samples = blockSamples(weights, job.width, job.in.channels);
    writeTaps(job, weights, entries);
    const offset = offsetOf(params, job.depth);
    const rest = [divisor, offset, samples, job.scratch, whole ? 1 : 0];
    callKernel(kernels, 'convolve', job, entries.length, width, height, ...rest);
  },
});

function haloOf({ width, height }: Weights): number {
  return Math.max(width, height) >> 1;
}

/** Samples of output that go down the tile at once; a multiple of 16. */
function blockSamples({ height }: Weights, width: number, channels: number): number {
  const fits = Math.max(NARROWEST, Math.floor(RING_BYTES / 4 / height / 16) * 16);
  return Math.min(fits, Math.ceil((width * channels) / 16) * 16);
}

/** As kernel.as.ts lays it out: 12 bytes a tap, 8 more for where it lies now, then the ring. */
function scratchBytes({ width, channels }: TileShape, params: ConvolveParams): number {
  const weights = weightsOf(params);
  const row = aligned((blockSamples(weights, width, channels) + (weights.width - 1) * channels) * 4 + 64);
  return aligned(weights.taps.length * 20) + weights.height * row;
}

/** What one turn of the SIMD twin does: a weight in single precision, or two whole ones side by side. */
interface Entry extends Pick<Tap, 'dx' | 'dy'> {
  readonly bits: number;
}

/** Whether every sum of 8-bit samples is a whole number below 2^24, which single precision holds in any order. */
function isWhole({ taps }: Weights, depth: Depth): boolean {
  const size = taps.reduce((total, { weight }) => total + Math.abs(weight), 0);
  return (
    depth === 8 &&
    size * 255 < 2 ** 24 &&
    taps.every(({ weight }) => Number.isInteger(weight) && weight <= 32_767 && weight >= -32_768)
  );
}

/** Each weight with its right neighbour's. */
function pairsOf({ taps }: Weights): Entry[] {
  const pairs: Entry[] = [];
  for (let i = 0; i < taps.length; i++) {
    const { dx, dy, weight } = taps[i] as Tap;
    const next = taps[i + 1];
    const isBeside = next !== undefined && next.dy === dy && next.dx === dx + 1;
    pairs.push({ dx, dy, bits: (weight & 0xffff) | (isBeside ? next.weight << 16 : 0) });
    if (isBeside) i++;
  }
  return pairs;
}

function floatBits(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0] as number;
}

function writeTaps(job: TileJob, { width, height }: Weights, entries: readonly Entry[]): void {
  const table = new Int32Array(job.memory.buffer, job.scratch, 3 * entries.length);
  entries.forEach(({ dx, dy, bits }, i) => {
    table.set([dx + (width >> 1), dy + (height >> 1), bits], 3 * i);
  });
}

function aligned(bytes: number): number {
  return (bytes + 15) & ~15;
}
