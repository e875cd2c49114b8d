/**
 * Coloured pencil in plain TypeScript: the truth its SIMD twin is held to. The pencil's tone (kernels/pencil.ts) takes the
 * place of the luma, and each colour keeps what it differs from it: pencilSketch's way through YCrCb and back, in whole
 * numbers. Grey stays grey.
 */
import { lumaOf } from '../../kernels/luma.ts';
import { type PencilParams, tonesScalar } from '../../kernels/pencil.ts';
import { samplesOf, type TileJob } from '../define.ts';

export function scalar(job: TileJob, params: PencilParams): void {
  const toneAt = tonesScalar(job, params);
  const white = job.depth === 8 ? 255 : 65_535;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const { channels } = job.in;
  const colours = channels < 3 ? 1 : 3;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * channels;
      const at = (c: number) => input.data[from + c] as number;
      const change = toneAt(x, y) - (colours === 1 ? at(0) : lumaOf(at(0), at(1), at(2)));
      for (let c = 0; c < channels; c++) {
        output.data[to + c] = c < colours ? Math.max(0, Math.min(white, at(c) + change)) : at(c);
      }
    }
  }
}
