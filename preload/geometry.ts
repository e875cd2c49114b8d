/**
 * Owns what steps of geometry make of a picture's size: pure arithmetic, so that host, engine and window tell the same
 * before anything is decoded. Refuses to know pixels; the engine does what is decided here through sharp.
 */
import { checkStep } from './chain.ts';
import type { FilterInfo, Step } from './contract.ts';

/** px */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** One thing to do with a whole picture, in its own pixels. */
export type Operation =
  | { readonly kind: 'resize'; readonly width: number; readonly height: number }
  | {
      readonly kind: 'crop';
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  /** Clockwise. */
  | { readonly kind: 'rotate'; readonly degrees: 90 | 180 | 270 }
  /** `horizontal` changes left and right. */
  | { readonly kind: 'flip'; readonly direction: 'horizontal' | 'vertical' };

type Params = Readonly<Record<string, number | string | boolean>>;
/** `params`: checked and complete. */
export type PlanOperation = (picture: PictureSize, params: Params) => Operation;

export const GEOMETRY = {
  resize: (picture, params) => {
    const scale = scaleOf(picture, params);
    const limited = params.enlarge === true ? scale : Math.min(1, scale);
    return { kind: 'resize', width: scaled(picture.width, limited), height: scaled(picture.height, limited) };
  },
  crop: ({ width, height }, { ratio, upright, position }) => {
    const [across = 1, down = 1] = String(ratio).split(':').map(Number);
    const wanted = upright === true && height > width ? down / across : across / down;
    // Cut where there is too much; the other side stays whole.
    const kept =
      width / height > wanted
        ? { width: Math.max(1, Math.round(height * wanted)), height }
        : { width, height: Math.max(1, Math.round(width / wanted)) };
    const share = position === 'start' ? 0 : position === 'end' ? 1 : 0.5;
    const left = Math.floor((width - kept.width) * share);
    const top = Math.floor((height - kept.height) * share);
    return { kind: 'crop', left, top, ...kept };
  },
  rotate: (_, { angle }) => ({ kind: 'rotate', degrees: angle === '90' ? 90 : angle === '180' ? 180 : 270 }),
  flip: (_, { direction }) => ({
    kind: 'flip',
    direction: direction === 'vertical' ? 'vertical' : 'horizontal',
  }),
} as const satisfies Readonly<Record<string, PlanOperation>>;

export function isGeometry(filter: string): filter is keyof typeof GEOMETRY {
  return Object.hasOwn(GEOMETRY, filter);
}

export function sizeOf(operation: Operation, { width, height }: PictureSize): PictureSize {
  switch (operation.kind) {
    case 'resize':
    case 'crop':
      return { width: operation.width, height: operation.height };
    case 'rotate':
      return operation.degrees === 180 ? { width, height } : { width: height, height: width };
    case 'flip':
      return { width, height };
    default:
      return operation satisfies never;
  }
}

/** What is left of a chain without its filters: the picture as it was, in the place and size it will have. */
export function geometryOf(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ enabled, filter }) => enabled && isGeometry(filter));
}

/** The size a chain's result has. @throws Fault E_NO_FILTER, E_PARAM */
export function sizeAfter(filters: readonly FilterInfo[], steps: readonly Step[], picture: PictureSize): PictureSize {
  let size: PictureSize = { width: picture.width, height: picture.height };
  for (const step of steps) {
    if (!step.enabled || !isGeometry(step.filter)) continue;
    size = sizeOf(GEOMETRY[step.filter](size, checkStep(filters, step)), size);
  }
  return size;
}

function scaleOf({ width, height }: PictureSize, { by, size, percent, megapixels }: Params): number {
  switch (by) {
    case 'width':
      return Number(size) / width;
    case 'height':
      return Number(size) / height;
    case 'percent':
      return Number(percent) / 100;
    case 'megapixels':
      return Math.sqrt((Number(megapixels) * 1e6) / (width * height));
    default:
      return Number(size) / Math.max(width, height);
  }
}

/** A side never vanishes: a panorama of 20,000 x 30 px at one percent is still one pixel high. */
function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}
