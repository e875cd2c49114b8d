/** The Laplacian in plain TypeScript: the truth its SIMD twin is held to. */
import { derivativeScalar } from '../../kernels/derivative.ts';
import type { TileJob } from '../define.ts';

export type LaplacianParams = Readonly<{ neighbours: '4' | '8'; output: 'absolute' | 'signed'; strength: number }>;

export function scalar(job: TileJob, { neighbours, output, strength }: LaplacianParams): void {
  const signed = output === 'signed';
  derivativeScalar(job, strength, signed, (at) => {
    let sum = at(0, -1) + at(0, 1) + at(-1, 0) + at(1, 0);
    if (neighbours === '8') sum += at(-1, -1) + at(1, -1) + at(-1, 1) + at(1, 1);
    const value = sum - Number(neighbours) * at(0, 0);
    return signed ? value : Math.abs(value);
  });
}
