/** The morphological gradient in plain TypeScript: dilation less erosion; the truth its SIMD twin is held to. */
import type { ElementParams } from '../../kernels/element.ts';
import { dilateStep, erodeStep, planeOf, putPlane } from '../../kernels/morphology.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob, params: ElementParams): void {
  const picture = planeOf(job);
  const greatest = dilateStep(picture, job, 0, params);
  const least = erodeStep(picture, job, 0, params);
  const data = greatest.data.map((value, i) => value - (least.data[i] as number));
  putPlane({ ...greatest, data }, job, (_original, difference) => difference);
}
