/** Pencil sketch in plain TypeScript: the truth its SIMD twin is held to. The tones are kernels/pencil.ts. */
import { type PencilParams, tonesScalar } from '../../kernels/pencil.ts';
import { samplesOf, type TileJob } from '../define.ts';

export function scalar(job: TileJob, params: PencilParams): void {
  const toneAt = tonesScalar(job, params);
  const white = job.depth === 8 ? 255 : 65_535;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const to = output.start + y * output.stride + x * job.out.channels;
      output.data[to] = Math.min(white, toneAt(x, y));
      if (job.out.channels === 2) {
        const from = input.start + y * input.stride + x * job.in.channels;
        output.data[to + 1] = input.data[from + job.in.channels - 1] as number;
      }
    }
  }
}
