/** The black hat in plain TypeScript: the closing of the picture less the picture; the truth its SIMD twin is held to. */
import type { ElementParams } from '../../kernels/element.ts';
import { dilateStep, erodeStep, putPlane, twoSteps } from '../../kernels/morphology.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob, params: ElementParams): void {
  putPlane(twoSteps(job, params, dilateStep, erodeStep), job, (original, closed) => Math.max(0, closed - original));
}
