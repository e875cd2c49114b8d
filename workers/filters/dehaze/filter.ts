/**
 * Owns what dehaze is: its words and ranges, how far it reaches, that the air's light is counted first. The arithmetic
 * is haze.ts and scalar.ts.
 */
import { PLANE_TABLE_BYTES, rowBytesOf } from '../../kernels/box.ts';
import { callKernel, defineFilter, type TileShape } from '../define.ts';
import { airOf, COUNT_LENGTH, enoughOf, type HazeParams, hazeOf, mergeCounts, PATCH_RADIUS } from './haze.ts';
import { countScalar, scalar } from './scalar.ts';

export const dehaze = defineFilter<HazeParams>({
  id: 'dehaze',
  group: 'atmosphere',
  label: { en: 'Dehaze', 'zh-CN': '去雾' },
  help: {
    en: 'Takes mist and haze off a landscape: far things get back their contrast and colour.',
    'zh-CN': '去除风景照中的雾气与灰霾,恢复远处景物的反差与色彩。',
  },
  params: [
    {
      name: 'strength',
      type: 'number',
      label: { en: 'Strength', 'zh-CN': '强度' },
      help: {
        en: 'How much of the haze goes. A little left keeps the feeling of distance.',
        'zh-CN': '去除雾气的程度。保留少许可维持空间的纵深感。',
      },
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.95,
      unit: '',
      scale: 'linear',
    },
    {
      // 0.35: with haze mixed into photos, less turns white water and snow blue, more leaves haze on what is far.
      name: 'sky',
      type: 'number',
      label: { en: 'Protect sky', 'zh-CN': '保护天空' },
      help: {
        en: 'Holds back where the picture is as bright as the haze itself, so that sky and clouds stay smooth.',
        'zh-CN': '在与雾气亮度相近的区域减弱处理,使天空与云层保持平滑。',
      },
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.35,
      unit: '',
      scale: 'linear',
    },
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: {
        en: 'How widely the measure of the haze is smoothed. Small values follow edges closely, large ones stay even.',
        'zh-CN': '雾气估计的平滑范围。小值紧贴边缘,大值更为均匀。',
      },
      min: 5,
      max: 60,
      step: 1,
      default: 60,
      unit: 'px',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  // Min and box over a mirrored picture are the mirrored min and box of the picture: one border serves all three steps.
  border: 'reflect-101',
  halo: ({ radius }) => PATCH_RADIUS + 2 * radius,
  // 4.2 ns a pixel read at 8 bits, 6.4 at 16, halo and all and whatever its channels; a tap is 0.04, going in and out.
  taps: (_params, depth, { channels }) => (depth === 8 ? 60 : 90) / channels,
  scratchBytes: (shape, { radius }) => hazeBytes(shape, radius),
  statistics: {
    halo: () => PATCH_RADIUS,
    scratchBytes: (shape) => countBytes(shape),
    length: () => COUNT_LENGTH,
    scalar: countScalar,
    simd(job, _params, count, kernels) {
      const bins = job.scratch + countBytes(job) - COUNT_LENGTH * 8;
      callKernel(kernels, 'dehazeCount', job, job.scratch, bins, enoughOf(job.picture));
      count.set(new Float64Array(job.memory.buffer, bins, COUNT_LENGTH));
    },
    merge: mergeCounts,
    know: airOf,
  },
  scalar,
  simd(job, params, kernels, known) {
    const { share, eps, slope, clear, least, protect, air, parts } = hazeOf(params, job.depth, known);
    const numbers = [share, eps, slope, clear, least, protect, ...air, ...parts];
    callKernel(kernels, 'dehaze', job, params.radius, job.scratch, ...numbers);
  },
});

/** A row of darkness or guide, the two rows around eroding and the 17 in it, as kernel.as.ts lays them out. */
const ERODE_ROWS = 1 + 1 + 17;

/** Rings of rows and sums of columns: 4.5 MB for a tile 3840 px wide at the radius of 60, whatever its height. */
function hazeBytes({ width }: Pick<TileShape, 'width'>, radius: number): number {
  const ring = 2 * radius + 2;
  const rows = ERODE_ROWS + 1 + 4 * ring + PATCH_RADIUS;
  const lines = 4 + 4 + 2 + 2;
  return (
    PLANE_TABLE_BYTES +
    rows * rowBytesOf(width + 2 * PATCH_RADIUS + 4 * radius, 2) +
    lines * rowBytesOf(width + 4 * radius, 4)
  );
}

function countBytes({ width }: Pick<TileShape, 'width'>): number {
  return PLANE_TABLE_BYTES + ERODE_ROWS * rowBytesOf(width + 2 * PATCH_RADIUS, 2) + COUNT_LENGTH * 8;
}
