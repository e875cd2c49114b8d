/** Opening in plain TypeScript: erosion, then dilation of what that made; the truth its SIMD twin is held to. */
import type { ElementParams } from '../../kernels/element.ts';
import { dilateStep, erodeStep, putPlane, twoSteps } from '../../kernels/morphology.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob, params: ElementParams): void {
  putPlane(twoSteps(job, params, erodeStep, dilateStep), job, (_original, opened) => opened);
}
