/** Owns what watercolour is: its words and ranges. The rule is in scalar.ts, the washes are kernels/domain.ts. */
import { domainHalo, domainScratchBytes, layOutDomain, pictureOf, writeDomainPlan } from '../../kernels/domain.ts';
import { callKernel, defineFilter } from '../define.ts';
import { darkeningOf, outlineOf, planOf, type WatercolorParams } from './params.ts';
import { scalar } from './scalar.ts';

/** Of a blur: 4K RGB takes 0.4 s on one core, whatever the radius (kernel.as.ts). */
const TAPS = 120;

export const watercolor = defineFilter<WatercolorParams>({
  id: 'watercolor',
  group: 'painterly',
  label: { en: 'Watercolour', 'zh-CN': '水彩画' },
  help: {
    en: 'Runs colours together into washes that stop at edges, and darkens where one wash meets another.',
    'zh-CN': '让颜色在边缘之内晕染成片,并在色块相接处加深。',
  },
  params: [
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Wash size', 'zh-CN': '晕染范围' },
      help: {
        en: 'How far colours run, in pixels of a 4K picture; pictures of other sizes get the same share.',
        'zh-CN': '颜色晕开的范围,以 4K 图片的像素计;其他尺寸的图片按比例缩放。',
      },
      min: 10,
      max: 240,
      step: 1,
      default: 60,
      unit: 'px @ 4K',
      scale: 'log',
    },
    {
      name: 'detail',
      type: 'number',
      label: { en: 'Detail', 'zh-CN': '细节' },
      help: {
        en: 'How slight an edge may be and still stop a wash: more keeps finer texture.',
        'zh-CN': '多弱的边缘仍能阻挡晕染:值越大,保留的纹理越细。',
      },
      min: 0,
      max: 100,
      step: 1,
      default: 50,
      unit: '%',
      scale: 'linear',
    },
    {
      name: 'strength',
      type: 'number',
      label: { en: 'Outline', 'zh-CN': '描边强度' },
      help: {
        en: 'How much the rims of washes darken; 0 leaves plain washes.',
        'zh-CN': '色块边缘加深的程度;0 表示仅保留晕染。',
      },
      min: 0,
      max: 6,
      step: 0.1,
      default: 2,
      unit: '×',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: (params, _depth, picture) => domainHalo(planOf(params, picture)) + outlineOf(picture),
  taps: () => TAPS,
  scratchBytes: (shape) => domainScratchBytes(shape, 8),
  scalar,
  simd(job, params, kernels) {
    const { depth, picture, scratch } = job;
    const { channels } = job.in;
    const plan = planOf(params, { ...picture, channels, depth });
    const part = pictureOf(job);
    const { lines, across, down, pixels } = layOutDomain(part, 8);
    writeDomainPlan(job, plan);
    const { ratio, cap, unit } = plan;
    const rest = [part.left, part.top, part.width, part.height, scratch];
    const places = [scratch + lines, scratch + pixels, scratch + across, scratch + down];
    callKernel(
      kernels,
      'watercolor',
      job,
      ...rest,
      ...places,
      ratio,
      cap,
      unit,
      outlineOf(picture),
      darkeningOf(params),
    );
  },
});
