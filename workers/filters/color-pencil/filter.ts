/** Owns what coloured pencil is: its words. Its params and arithmetic are kernels/pencil.ts. */
import { domainHalo, domainScratchBytes } from '../../kernels/domain.ts';
import { PENCIL_PARAMS, type PencilParams, pencilArguments, planPencil } from '../../kernels/pencil.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

/** Of a blur: 4K RGB takes 0.1 s on one core, whatever the strokes' length. */
const TAPS = 60;

export const colorPencil = defineFilter<PencilParams>({
  id: 'color-pencil',
  group: 'painterly',
  label: { en: 'Coloured pencil', 'zh-CN': '彩色铅笔' },
  help: {
    en: 'Draws the picture in coloured pencils: outlines and texture on white paper.',
    'zh-CN': '以彩色铅笔重绘画面:白纸上的轮廓与纹理。',
  },
  params: PENCIL_PARAMS,
  depth: [8, 16],
  border: 'replicate',
  halo: (params, _depth, picture) => domainHalo(planPencil(params, picture)),
  taps: () => TAPS,
  scratchBytes: (shape) => domainScratchBytes(shape, 2),
  scalar,
  simd(job, params, kernels) {
    callKernel(kernels, 'colorPencil', job, ...pencilArguments(job, params));
  },
});
