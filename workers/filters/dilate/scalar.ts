/** Dilation in plain TypeScript: the truth its SIMD twin is held to. */
import type { ElementParams } from '../../kernels/element.ts';
import { dilateStep, planeOf, putPlane } from '../../kernels/morphology.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob, params: ElementParams): void {
  putPlane(dilateStep(planeOf(job), job, 0, params), job, (_original, greatest) => greatest);
}
