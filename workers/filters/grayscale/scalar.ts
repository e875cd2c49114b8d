/**
 * Grayscale in plain TypeScript: the truth its SIMD twin is held to.
 * Rec. 601 luma with weights of 15 bits, as OpenCV 4.6's cvtColor(RGB2GRAY) has them for both depths: equal to it in every
 * pixel (test/conformance/golden.test.ts). Grey stays as it is, alpha is handed through.
 */
import { samplesOf, type TileJob } from '../define.ts';

const RED = 9798;
const GREEN = 19_235;
const BLUE = 3735;
const SHIFT = 15;

export function scalar(job: TileJob): void {
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const { channels } = job.in;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * job.out.channels;
      const at = (c: number) => input.data[from + c] as number;
      if (channels < 3) {
        output.data[to] = at(0);
      } else {
        // Below 2^31 for 16 bits: 65,535 * 2^15 + 2^14.
        output.data[to] = (at(0) * RED + at(1) * GREEN + at(2) * BLUE + (1 << (SHIFT - 1))) >>> SHIFT;
      }
      if (job.out.channels === 2) output.data[to + 1] = at(channels - 1);
    }
  }
}
