/** Owns what oil painting is: its words, its ranges, what it costs. The rule is in scalar.ts. */
import { callKernel, defineFilter, type TileShape } from '../define.ts';
import { brushRadius, type OilParams, shareOf, toneTable } from './params.ts';
import { scalar } from './scalar.ts';

/** kernel.as.ts: columns of output whose histograms are kept at a time. */
const CHUNK = 256;

export const oilPainting = defineFilter<OilParams>({
  id: 'oil-painting',
  group: 'painterly',
  label: { en: 'Oil painting', 'zh-CN': '油画' },
  help: {
    en: 'Paints the picture in flat strokes: around each point the commonest tone wins.',
    'zh-CN': '以平涂的笔触重绘画面:每一点取其周围最常见的色调。',
  },
  params: [
    {
      name: 'radius',
      type: 'number',
      label: { en: 'Brush size', 'zh-CN': '笔刷大小' },
      help: {
        en: 'How wide strokes are, in pixels of a 4K picture; pictures of other sizes get the same share.',
        'zh-CN': '笔触的宽度,以 4K 图片的像素计;其他尺寸的图片按比例缩放。',
      },
      min: 1,
      max: 40,
      step: 1,
      default: 7,
      unit: 'px @ 4K',
      scale: 'log',
    },
    {
      name: 'detail',
      type: 'number',
      label: { en: 'Detail', 'zh-CN': '细节' },
      help: {
        en: 'How slight a difference of tone is still painted: less makes larger, plainer patches.',
        'zh-CN': '多弱的明暗差别仍会被画出:值越小,色块越大、越平。',
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
      label: { en: 'Strength', 'zh-CN': '强度' },
      help: {
        en: 'How much of the painting lies over the photo: 1 is the painting alone.',
        'zh-CN': '油画覆盖照片的程度:1 表示只有油画。',
      },
      min: 0,
      max: 1,
      step: 0.01,
      default: 1,
      unit: '',
      scale: 'linear',
    },
  ],
  depth: [8, 16],
  border: 'replicate',
  halo: (params, _depth, picture) => brushRadius(params, picture),
  // 4K RGB, 15 px wide, on one core: 0.25 to 0.36 s, where a tap of a blur takes 0.03 ns; the rows of a square make it.
  taps: (params, _depth, picture) => 11 * (2 * brushRadius(params, picture) + 1),
  scratchBytes: oilScratchBytes,
  scalar,
  simd(job, params, kernels) {
    const { scratch, halo, width, height, left, top, picture } = job;
    const tones = toneTable(params);
    new Uint8Array(job.memory.buffer, scratch, 256).set(tones);
    const firstX = Math.max(-halo, -left);
    const firstY = Math.max(-halo, -top);
    const endX = Math.min(width + halo, picture.width - left);
    const endY = Math.min(height + halo, picture.height - top);
    const groups = ((tones[255] as number) >> 4) + 1;
    callKernel(kernels, 'oilPainting', job, halo, scratch, groups, shareOf(params), firstX, firstY, endX, endY);
  },
});

/** The table, histograms of columns and of the square, then planes of tones and colours with the halo around them. */
function oilScratchBytes({ width, height, channels, depth, halo }: TileShape): number {
  const stride = (width + 2 * halo + 32 + 15) & ~15;
  const colours = channels < 3 ? 1 : 3;
  const planes = stride * (height + 2 * halo) * (1 + (colours * depth) / 8);
  return 256 + 512 + (CHUNK + 2 * halo + 1) * 256 + planes + 64;
}
