/**
 * Owns what pencils share: their parameters, the numbers made of them, and the plain truth of a drawn tone. pencil.as.ts
 * is its SIMD twin. Knows no filter.
 *
 * A tone is how far one gets from a pixel along its row and its column before colours differ too much: the windows of
 * the domain transform's first pass (domain.ts), counted. Edges and texture are dark, plain areas white.
 * Source: OpenCV 4.6, modules/photo/src/npr.hpp, pencil_sketch. There tones grow with the window and so with the picture;
 * here they are shares of it, 0.02 at sigmaS 60 being strength 1.
 */
import type { ParamInfo } from '../../preload/contract.ts';
import type { PictureShape, TileJob } from '../filters/define.ts';
import { countScalar, type DomainPlan, domainField, layOutDomain, pictureOf, planDomain } from './domain.ts';

export type PencilParams = Readonly<{ radius: number; detail: number; strength: number }>;

/** px: the longest side for which `radius` is in pixels. */
const REFERENCE_SIDE = 3840;
/** px: up to twice this longest side single pixels are looked at, as OpenCV does. */
const SHARP_SIDE = 1000;
/** What counts as a difference at the middle of `detail`, in parts of white: pencilSketch's default. */
const SIGMA_R = 0.07;
/** `detail` by which sigmaR halves. */
const DETAIL_OCTAVE = 25;
/** White for a pixel in the windows, times sigmaS: pencilSketch's defaults of 0.02 and 60. */
const SHADE = 1.2;

export const PENCIL_PARAMS: readonly ParamInfo[] = [
  {
    name: 'radius',
    type: 'number',
    label: { en: 'Stroke length', 'zh-CN': '笔画长度' },
    help: {
      en: 'How far shading reaches, in pixels of a 4K picture; pictures of other sizes get the same share.',
      'zh-CN': '排线延伸的范围,以 4K 图片的像素计;其他尺寸的图片按比例缩放。',
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
      en: 'How slight a texture is still drawn: less leaves outlines on white paper.',
      'zh-CN': '多弱的纹理仍会被画出:值越小,越只留白纸上的轮廓。',
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
    label: { en: 'Darkness', 'zh-CN': '深浅' },
    help: { en: 'How hard the pencil is pressed.', 'zh-CN': '下笔的轻重。' },
    min: 0.25,
    max: 4,
    step: 0.05,
    default: 1,
    unit: '×',
    scale: 'log',
  },
];

function sigmaOf({ radius }: PencilParams, { width, height }: Pick<PictureShape, 'width' | 'height'>): number {
  return (radius * Math.max(width, height)) / REFERENCE_SIDE;
}

/** A picture twice as large is looked at through squares twice as large: its noise would darken all paper. */
function softnessOf({ width, height }: PictureShape): number {
  return Math.max(0, Math.round((Math.max(width, height) / SHARP_SIDE - 1) / 2));
}

export function planPencil(params: PencilParams, picture: PictureShape): DomainPlan {
  const sigmaR = SIGMA_R * 2 ** ((50 - params.detail) / DETAIL_OCTAVE);
  return planDomain(sigmaOf(params, picture), sigmaR, picture.channels < 3 ? 1 : 3, 1, softnessOf(picture));
}

/** Levels for a pixel in the windows; single precision. */
function shadeOf(params: PencilParams, job: TileJob): number {
  const white = job.depth === 8 ? 255 : 65_535;
  return Math.fround((SHADE * white) / (sigmaOf(params, job.picture) * params.strength));
}

/** The tone of each pixel of a job's output: levels, not held to white. */
export function tonesScalar(job: TileJob, params: PencilParams): (x: number, y: number) => number {
  const plan = planPencil(params, { ...job.picture, channels: job.in.channels, depth: job.depth });
  const shade = shadeOf(params, job);
  const field = domainField(job, plan);
  const { left, top } = field.part;
  return (x, y) => {
    const count = countScalar(field, plan, x - left, y - top);
    return Math.trunc(Math.fround(Math.fround(count * shade) + 0.5));
  };
}

/** What pencil.as.ts is called with, behind the seven that every kernel has. */
export function pencilArguments(job: TileJob, params: PencilParams): number[] {
  const { scratch } = job;
  const { ratio, cap, unit, radii, soft } = planPencil(params, {
    ...job.picture,
    channels: job.in.channels,
    depth: job.depth,
  });
  const part = pictureOf(job);
  const { lines, pixels, across, down } = layOutDomain(part, 2);
  const places = [lines, pixels, across, down].map((place) => scratch + place);
  const distances = [ratio, cap, unit, radii[0] as number, soft];
  return [part.left, part.top, part.width, part.height, ...places, ...distances, shadeOf(params, job)];
}
