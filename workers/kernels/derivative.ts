/**
 * Owns differences of a pixel's neighbours: the parameters Sobel, Scharr and the Laplacian share, and their plain truth.
 * Knows no filter.
 *
 * Source: OpenCV 4.6, Sobel and Scharr with ksize 3, Laplacian with ksize 1; at strength 1 equal in every pixel
 * (test/conformance/golden-edges.test.ts), the border too (BORDER_DEFAULT).
 */
import type { ParamInfo } from '../../preload/contract.ts';
import { type ParamValues, samplesOf, type TileJob } from '../filters/define.ts';
import { roundHalfToEven } from './half-even.ts';

export const strengthParam: ParamInfo = {
  name: 'strength',
  type: 'number',
  label: { en: 'Strength', 'zh-CN': '强度' },
  help: { en: 'Multiplies every difference before it is shown.', 'zh-CN': '显示前将每个差值乘以该系数。' },
  min: 0.1,
  max: 10,
  step: 0.1,
  default: 1,
  unit: '×',
  scale: 'log',
};

/** In the order derivative.as.ts numbers them. */
const OUTPUTS = ['both', 'across', 'down', 'across-signed', 'down-signed'] as const;

export interface SlopeParams extends ParamValues {
  readonly output: (typeof OUTPUTS)[number];
  readonly strength: number;
}

export const slopeParams: readonly ParamInfo[] = [
  {
    name: 'output',
    type: 'choice',
    label: { en: 'Shows', 'zh-CN': '显示' },
    help: {
      en: 'Which changes of brightness are shown: in both directions, from left to right, or from top to bottom; signed ones lie around middle grey.',
      'zh-CN': '显示哪个方向的明暗变化:双向、从左到右或从上到下;带符号的结果以中灰为零点。',
    },
    options: [
      { value: 'both', label: { en: 'Both directions', 'zh-CN': '双向' } },
      { value: 'across', label: { en: 'Left to right', 'zh-CN': '从左到右' } },
      { value: 'down', label: { en: 'Top to bottom', 'zh-CN': '从上到下' } },
      { value: 'across-signed', label: { en: 'Left to right, signed', 'zh-CN': '从左到右(带符号)' } },
      { value: 'down-signed', label: { en: 'Top to bottom, signed', 'zh-CN': '从上到下(带符号)' } },
    ],
    default: 'both',
  },
  strengthParam,
];

export function outputNumber({ output }: SlopeParams): number {
  return OUTPUTS.indexOf(output);
}

/** A sample `(i, j)` pixels from the one in work, of the same channel. */
type Neighbour = (i: number, j: number) => number;

/** |dx| + |dy|, or one of them; the weights are 1, 2, 1 (Sobel) or 3, 10, 3 (Scharr). */
export function slopeScalar(job: TileJob, params: SlopeParams, side: number, middle: number): void {
  const { output } = params;
  derivativeScalar(job, params.strength, output.endsWith('-signed'), (at) => {
    const dx = side * (at(1, -1) - at(-1, -1) + at(1, 1) - at(-1, 1)) + middle * (at(1, 0) - at(-1, 0));
    const dy = side * (at(-1, 1) - at(-1, -1) + at(1, 1) - at(1, -1)) + middle * (at(0, 1) - at(0, -1));
    switch (output) {
      case 'both':
        return Math.abs(dx) + Math.abs(dy);
      case 'across':
        return Math.abs(dx);
      case 'down':
        return Math.abs(dy);
      case 'across-signed':
        return dx;
      case 'down-signed':
        return dy;
    }
  });
}

/** Every colour sample becomes strength * value, upon middle grey where it is signed; alpha is handed through. */
export function derivativeScalar(
  job: TileJob,
  strength: number,
  signed: boolean,
  differenceOf: (at: Neighbour) => number,
): void {
  const { data, start, stride } = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const { channels } = job.in;
  const factor = Math.fround(strength);
  const white = job.depth === 8 ? 255 : 65_535;
  const grey = signed ? (white + 1) / 2 : 0;
  for (let y = 0; y < job.height; y++) {
    for (let i = 0; i < job.width * channels; i++) {
      const here = start + y * stride + i;
      const isAlpha = (channels === 2 || channels === 4) && i % channels === channels - 1;
      const value = isAlpha ? 0 : differenceOf((x, line) => data[here + line * stride + x * channels] as number);
      // Single precision and halves to even, as the SIMD twin has it.
      const level = grey + roundHalfToEven(Math.fround(value * factor));
      output.data[output.start + y * output.stride + i] = isAlpha
        ? (data[here] as number)
        : Math.min(white, Math.max(0, level));
    }
  }
}
