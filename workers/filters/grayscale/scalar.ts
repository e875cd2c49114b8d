/**
 * Grayscale in plain TypeScript: the truth its SIMD twin is held to.
 * The luma of kernels/luma.ts: equal to OpenCV 4.6's cvtColor(RGB2GRAY) in every pixel (test/conformance/golden.test.ts).
 * Grey stays as it is, alpha is handed through.
 */
import { lumaOf } from '../../kernels/luma.ts';
import { samplesOf, type TileJob } from '../define.ts';

export function scalar(job: TileJob): void {
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const { channels } = job.in;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * job.out.channels;
      const at = (c: number) => input.data[from + c] as number;
      output.data[to] = channels < 3 ? at(0) : lumaOf(at(0), at(1), at(2));
      if (job.out.channels === 2) output.data[to + 1] = at(channels - 1);
    }
  }
}
