/**
 * Owns doing one operation of geometry to a raster, through sharp. What is to be done was decided before
 * (preload/geometry.ts). Turning, mirroring and cutting change no sample; resizing is Lanczos 3 on the samples as they
 * are, with colours weighted by alpha.
 */
import type { Operation } from '../../preload/geometry.ts';
import { hasAlpha, type Raster } from '../raster.ts';
import { stopIfCancelled } from './cancel.ts';
import { sharpOf, toRaster } from './raster-sharp.ts';
import type { Sharp } from './sharp.ts';

/** @throws Fault E_CANCELLED */
export async function applyOperation(signal: AbortSignal, raster: Raster, operation: Operation): Promise<Raster> {
  if (changesNothing(operation, raster)) return raster;
  stopIfCancelled(signal);
  const result = await toRaster(operate(await sharpOf(raster), operation), raster);
  stopIfCancelled(signal);
  if (operation.kind === 'resize' && hasAlpha(raster) && isOpaque(raster)) fillAlpha(result);
  return result;
}

function operate(image: Sharp, operation: Operation): Sharp {
  switch (operation.kind) {
    case 'resize': {
      const { width, height } = operation;
      return image.resize({ width, height, fit: 'fill', kernel: 'lanczos3' });
    }
    case 'crop': {
      const { left, top, width, height } = operation;
      return image.extract({ left, top, width, height });
    }
    case 'rotate':
      return image.rotate(operation.degrees);
    case 'flip':
      return operation.direction === 'horizontal' ? image.flop() : image.flip();
    default:
      return operation satisfies never;
  }
}

function isOpaque({ data, channels, depth }: Raster): boolean {
  const white = depth === 8 ? 255 : 65_535;
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== white) return false;
  return true;
}

/** libvips' Lanczos leaves 65,471 of a flat 65,535: opaque would be so no more. */
function fillAlpha({ data, channels, depth }: Raster): void {
  const white = depth === 8 ? 255 : 65_535;
  for (let at = channels - 1; at < data.length; at += channels) data[at] = white;
}

function changesNothing(operation: Operation, { width, height }: Raster): boolean {
  const sized = operation.kind === 'resize' || operation.kind === 'crop';
  return sized && operation.width === width && operation.height === height;
}

/**
 * Bytes an operation takes besides its input: what libvips writes, the copy of it that JavaScript owns (16 bits) or
 * that is brought back from RGB (grey with alpha), and a turned picture's own.
 */
export function operationBytes(result: Pick<Raster, 'width' | 'height' | 'channels' | 'depth'>): number {
  const samples = result.width * result.height * (result.depth / 8);
  const viaRgb = result.channels === 2 ? 4 : result.channels;
  return samples * (result.channels + 2 * viaRgb);
}
