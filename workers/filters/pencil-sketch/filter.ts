/** Owns what pencil sketch is: its words. Its params and arithmetic are kernels/pencil.ts. */
import { domainHalo, domainScratchBytes } from '../../kernels/domain.ts';
import { PENCIL_PARAMS, type PencilParams, pencilArguments, planPencil } from '../../kernels/pencil.ts';
import { callKernel, defineFilter } from '../define.ts';
import { scalar } from './scalar.ts';

/** Of a blur: 4K RGB takes 0.1 s on one core, whatever the strokes' length. */
const TAPS = 60;

export const pencilSketch = defineFilter<PencilParams>({
  id: 'pencil-sketch',
  group: 'painterly',
  label: { en: 'Pencil sketch', 'zh-CN': '铅笔素描' },
  help: {
    en: 'Draws the picture in grey pencil: outlines and texture on white paper.',
    'zh-CN': '以灰色铅笔重绘画面:白纸上的轮廓与纹理。',
  },
  params: PENCIL_PARAMS,
  depth: [8, 16],
  border: 'replicate',
  halo: (params, _depth, picture) => domainHalo(planPencil(params, picture)),
  channels: (channels) => (channels === 4 ? 2 : channels === 3 ? 1 : channels),
  taps: () => TAPS,
  scratchBytes: (shape) => domainScratchBytes(shape, 2),
  scalar,
  simd(job, params, kernels) {
    callKernel(kernels, 'pencilSketch', job, ...pencilArguments(job, params));
  },
});
