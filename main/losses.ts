/**
 * Owns what a photo would lose in each output format, told before anything is done. Pure: from the probe alone.
 * The engine has the same facts in workers/codecs/formats.ts, out of reach from here; a test holds the two together.
 */

import type { FaultRecord } from '../preload/contract.ts';
import { FORMATS, type Format, type Notice, type Probe } from '../preload/contract.ts';
import { Fault, notice, toRecord } from '../preload/faults.ts';

export interface FormatAbilities {
  readonly maxSidePx: number;
  readonly alpha: boolean;
  readonly sixteenBits: boolean;
}

export const FORMAT_ABILITIES: Readonly<Record<Format, FormatAbilities>> = {
  jpeg: { maxSidePx: 65_500, alpha: false, sixteenBits: false },
  png: { maxSidePx: 2 ** 31 - 1, alpha: true, sixteenBits: true },
  webp: { maxSidePx: 16_383, alpha: true, sixteenBits: false },
  avif: { maxSidePx: 16_384, alpha: true, sixteenBits: false },
  tiff: { maxSidePx: 2 ** 31 - 1, alpha: true, sixteenBits: true },
};

export interface Loss {
  readonly format: Format;
  /** Set when the format cannot hold the photo at all. */
  readonly fault: FaultRecord | null;
  readonly notices: readonly Notice[];
}

export function lossesOf(probe: Probe): readonly Loss[] {
  return FORMATS.map((format) => ({ format, fault: sizeFault(probe, format), notices: noticesOf(probe, format) }));
}

function sizeFault({ width, height }: Probe, format: Format): FaultRecord | null {
  const side = Math.max(width, height);
  const limit = FORMAT_ABILITIES[format].maxSidePx;
  if (side <= limit) return null;
  const formats = FORMATS.filter((other) => side <= FORMAT_ABILITIES[other].maxSidePx).map((name) =>
    name.toUpperCase(),
  );
  return toRecord(
    new Fault('E_FORMAT_LIMIT', { format: format.toUpperCase(), width, height, limit, formats: formats.join(', ') }),
  );
}

function noticesOf(probe: Probe, format: Format): Notice[] {
  const { alpha, sixteenBits } = FORMAT_ABILITIES[format];
  const told: Notice[] = [];
  const space = probe.colourSpace.toLowerCase();
  // The way through a CMYK profile gives 8 bits, whatever the format.
  const depth = sixteenBits && space !== 'cmyk' ? 16 : 8;
  if (probe.frames > 1) told.push(notice('N_FIRST_FRAME', { frames: probe.frames }));
  if (probe.hasAlpha && !alpha) told.push(notice('N_ALPHA_FLATTENED', { format: format.toUpperCase() }));
  if (probe.depth > depth) told.push(notice('N_DEPTH_REDUCED', { from: probe.depth, to: depth }));
  if (space === 'cmyk') told.push(notice('N_CMYK_CONVERTED'));
  if (space.startsWith('lab')) told.push(notice('N_COLOUR_CONVERTED', { from: 'Lab' }));
  return told;
}
