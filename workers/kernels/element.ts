/**
 * Owns the structuring element of morphology: its parameters in words, its pixels, and the table its SIMD twin
 * (morphology.as.ts) reads. Knows no filter and no picture.
 *
 * Source: OpenCV 4.6, modules/imgproc/src/morph.dispatch.cpp, getStructuringElement: the same pixels for every shape and
 * size, even ones too; the anchor is at (width >> 1, height >> 1).
 */
import type { ParamInfo } from '../../preload/contract.ts';
import type { ParamValues, TileJob, TileShape } from '../filters/define.ts';
import type { Channels, Depth } from '../raster.ts';

export interface ElementParams extends ParamValues {
  readonly shape: 'rectangle' | 'ellipse' | 'cross';
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
}

const size = { type: 'number', min: 1, max: 255, step: 1, default: 3, unit: 'px', scale: 'log' } as const;

export const elementParams: readonly ParamInfo[] = [
  {
    name: 'shape',
    type: 'choice',
    label: { en: 'Shape', 'zh-CN': '形状' },
    help: {
      en: 'What is laid over each pixel. A rectangle is fastest; an ellipse leaves round things round.',
      'zh-CN': '覆盖在每个像素上的形状。矩形最快;椭圆能保持圆形物体的轮廓。',
    },
    options: [
      { value: 'rectangle', label: { en: 'Rectangle', 'zh-CN': '矩形' } },
      { value: 'ellipse', label: { en: 'Ellipse', 'zh-CN': '椭圆' } },
      { value: 'cross', label: { en: 'Cross', 'zh-CN': '十字' } },
    ],
    default: 'rectangle',
  },
  {
    ...size,
    name: 'width',
    label: { en: 'Width', 'zh-CN': '宽度' },
    help: { en: 'How wide the shape is.', 'zh-CN': '形状的宽度。' },
  },
  {
    ...size,
    name: 'height',
    label: { en: 'Height', 'zh-CN': '高度' },
    help: { en: 'How high the shape is.', 'zh-CN': '形状的高度。' },
  },
];

/** px that one step reaches on the farther side. */
export function elementReach({ width, height }: ElementParams): number {
  return Math.max(width, height) >> 1;
}

/** One row of the element: columns `first` to `last`, counted from its left edge. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export function spansOf({ shape, width, height }: ElementParams): Span[] {
  const middleX = width >> 1;
  const middleY = height >> 1;
  return Array.from({ length: height }, (_, row) => {
    if (shape === 'rectangle' || (width === 1 && height === 1)) return { first: 0, last: width - 1 };
    if (shape === 'cross') return row === middleY ? { first: 0, last: width - 1 } : { first: middleX, last: middleX };
    const dy = row - middleY;
    const part = middleY === 0 ? 0 : (middleY * middleY - dy * dy) * (1 / (middleY * middleY));
    // Never a half: 2 * middleX * a = b * odd has no solution where a/b is the leg of a Pythagorean triple.
    const dx = Math.round(middleX * Math.sqrt(part));
    return { first: Math.max(middleX - dx, 0), last: Math.min(middleX + dx, width - 1) };
  });
}

/**
 * Taps of a blur that one step takes (pipeline/shape.ts). Rectangles: the same at every size but for the halving of
 * rows; others: two loads a row of the element.
 */
export function elementTaps({ shape, height }: ElementParams, depth: Depth): number {
  const taps = shape === 'rectangle' ? 10 : 10 + 2 * height;
  return depth === 8 ? taps : 2 * taps;
}

/** Bytes of a ring of rows that stays in a core's L2 while a block of columns goes down the tile. */
const RING_BYTES = 256 * 1024;
/** Bytes of output: narrower blocks spend more on what the windows overlap. */
const NARROWEST_BYTES = 512;
const HEADER_INTS = 6;
/** What windows may write past what is asked of them. */
const SLACK_BYTES = 80;

/** How many windows of 1, 2, 4… pixels the widest span is made of; 0 tells a rectangle. */
function levelsOf(params: ElementParams): number {
  if (params.shape === 'rectangle') return 0;
  return 1 + Math.floor(Math.log2(Math.max(...spansOf(params).map(({ first, last }) => last - first + 1))));
}

function blockBytes(params: ElementParams): number {
  const fits = RING_BYTES / (params.height * Math.max(1, levelsOf(params)));
  return Math.max(NARROWEST_BYTES, Math.floor(fits / 64) * 64);
}

/** Bytes of scratch one step takes on a tile of this width. */
export function stepScratchBytes(params: ElementParams, width: number, channels: Channels, depth: Depth): number {
  const { height } = params;
  const step = (channels * depth) / 8;
  const table = aligned((HEADER_INTS + 5 * height) * 4);
  const levels = levelsOf(params);
  const whole = levels === 0 ? width * step : Math.min(blockBytes(params), width * step);
  const row = aligned(whole + (params.width - 1) * step + SLACK_BYTES);
  return table + row * (levels === 0 ? 2 * height + 1 : height * levels);
}

/**
 * Bytes of scratch for a filter of one or two steps: a step's own, then (two steps) what lies between them, `reach`
 * wider on every side than the output.
 */
export function morphScratchBytes({ width, height, channels, depth }: TileShape, params: ElementParams): number {
  const wide = width + 2 * elementReach(params);
  const high = height + 2 * elementReach(params);
  return stepScratchBytes(params, wide, channels, depth) + middleStride(wide, channels, depth) * (high + 1);
}

function middleStride(width: number, channels: Channels, depth: Depth): number {
  return aligned((width * channels * depth) / 8 + 64);
}

/** Where what lies between two steps is, its stride, the reach, and where the tile stands: what twoSteps reads. */
export function middleOf(job: TileJob, params: ElementParams): number[] {
  const reach = elementReach(params);
  const { channels } = job.in;
  const wide = job.width + 2 * reach;
  const middle = job.scratch + stepScratchBytes(params, wide, channels, job.depth);
  const { width, height } = job.picture;
  return [middle, middleStride(wide, channels, job.depth), reach, job.left, job.top, width, height];
}

/** Writes the table morphology.as.ts reads, at the start of scratch. */
export function writeElement(job: TileJob, params: ElementParams): void {
  const { width, height } = params;
  const levels = levelsOf(params);
  const table = new Int32Array(job.memory.buffer, job.scratch, HEADER_INTS + 3 * height);
  table.set([width, height, width >> 1, height >> 1, levels, blockBytes(params)]);
  spansOf(params).forEach(({ first, last }, row) => {
    const level = Math.floor(Math.log2(last - first + 1));
    // Two windows of 2^level pixels, one from each end, cover the span.
    table.set([level, first, last + 1 - 2 ** level], HEADER_INTS + 3 * row);
  });
}

function aligned(bytes: number): number {
  return (bytes + 15) & ~15;
}
