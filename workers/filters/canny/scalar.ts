/**
 * Canny's local part in plain TypeScript: the truth its SIMD twin is held to. Gradients, thin lines, weak or strong.
 *
 * Source: Canny, "A Computational Approach to Edge Detection" (1986), as OpenCV 4.6's cv2.Canny has it (3x3 Sobel, L1
 * norm): equal to it in every pixel of 8 bits (test/conformance/golden-edges.test.ts). In colour each pixel
 * follows the channel that changes most. OpenCV has none for 16 bits; there the direction is told with 12 bits.
 */
import { samplesOf, type TileJob } from '../define.ts';
import { WEAK } from './hysteresis.ts';
import { type CannyParams, thresholdsOf } from './params.ts';

interface Gradient {
  readonly dx: number;
  readonly dy: number;
  readonly norm: number;
}

const NONE: Gradient = { dx: 0, dy: 0, norm: 0 };

export function scalar(job: TileJob, params: CannyParams): void {
  const { low, high } = thresholdsOf(params, job.depth);
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const { channels } = job.in;
  const white = job.depth === 8 ? 255 : 65_535;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const to = output.start + y * output.stride + x * job.out.channels;
      const { norm } = gradientAt(job, x, y);
      const isEdge = norm > low && isCrest(job, x, y);
      output.data[to] = isEdge ? (norm > high ? white : WEAK) : 0;
      if (job.out.channels === 2) {
        output.data[to + 1] = input.data[input.start + y * input.stride + (x + 1) * channels - 1] as number;
      }
    }
  }
}

/** Nothing beyond the picture has a gradient. */
function gradientAt(job: TileJob, x: number, y: number): Gradient {
  const { left, top, picture } = job;
  if (left + x < 0 || left + x >= picture.width || top + y < 0 || top + y >= picture.height) return NONE;
  const { data, start, stride } = samplesOf(job, job.in);
  const { channels } = job.in;
  let best = NONE;
  for (let c = 0; c < (channels < 3 ? 1 : 3); c++) {
    const at = (i: number, j: number) => data[start + (y + j) * stride + (x + i) * channels + c] as number;
    const dx = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
    const dy = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
    const norm = Math.abs(dx) + Math.abs(dy);
    if (norm > best.norm) best = { dx, dy, norm };
  }
  return best;
}

/** Whether the gradient is greatest here along its own direction: across, down or along a diagonal. */
function isCrest(job: TileJob, x: number, y: number): boolean {
  const { dx, dy, norm } = gradientAt(job, x, y);
  const normAt = (i: number, j: number) => gradientAt(job, x + i, y + j).norm;
  // tan 22.5° in 15 or 12 bits; tan 67.5° is 2 more.
  const one = job.depth === 8 ? 32_768 : 4096;
  const tangent = job.depth === 8 ? 13_573 : 1697;
  const across = Math.abs(dx);
  const down = Math.abs(dy) * one;
  if (down < across * tangent) return norm > normAt(-1, 0) && norm >= normAt(1, 0);
  if (down > across * (tangent + 2 * one)) return norm > normAt(0, -1) && norm >= normAt(0, 1);
  const side = dx < 0 !== dy < 0 ? -1 : 1;
  return norm > normAt(-side, -1) && norm > normAt(side, 1);
}
