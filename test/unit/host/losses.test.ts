import { expect, it } from 'vitest';
import { FORMAT_ABILITIES, lossesOf } from '../../../main/losses.ts';
import { FORMATS, type Probe } from '../../../preload/contract.ts';
import { OUTPUT_FORMATS } from '../../../workers/codecs/formats.ts';

const plain: Probe = {
  kind: 'jpeg',
  width: 600,
  height: 400,
  channels: 3,
  depth: 8,
  hasAlpha: false,
  orientation: 1,
  frames: 1,
  colourSpace: 'srgb',
  iccName: null,
  hasExif: true,
  hasXmp: true,
  hasGps: true,
  tags: { capturedAt: null, camera: null, lens: null, iso: null },
};

/** `format: codes`, formats without a loss left out. */
const lost = (probe: Partial<Probe>) =>
  Object.fromEntries(
    lossesOf({ ...plain, ...probe })
      .map(
        ({ format, fault, notices }) =>
          [format, [fault?.code, ...notices.map(({ code }) => code)].filter(Boolean)] as const,
      )
      .filter(([, codes]) => codes.length > 0),
  );

it('knows the formats as the engine does', () => {
  for (const format of FORMATS) {
    const { maxSide, alpha, depths } = OUTPUT_FORMATS[format];
    expect(FORMAT_ABILITIES[format]).toEqual({ maxSidePx: maxSide, alpha, sixteenBits: depths.includes(16) });
  }
});

it('tells what each format would lose', () => {
  expect(lost({})).toEqual({});
  expect(lost({ hasAlpha: true, channels: 4 })).toEqual({ jpeg: ['N_ALPHA_FLATTENED'] });
  expect(lost({ depth: 16 })).toEqual({
    jpeg: ['N_DEPTH_REDUCED'],
    webp: ['N_DEPTH_REDUCED'],
    avif: ['N_DEPTH_REDUCED'],
  });
  expect(lost({ width: 20_000 })).toEqual({ webp: ['E_FORMAT_LIMIT'], avif: ['E_FORMAT_LIMIT'] });
  expect(Object.values(lost({ kind: 'gif', frames: 4 }))).toEqual(FORMATS.map(() => ['N_FIRST_FRAME']));
  expect(lost({ colourSpace: 'cmyk', channels: 4, depth: 16 }).tiff).toEqual(['N_DEPTH_REDUCED', 'N_CMYK_CONVERTED']);
  expect(lost({ colourSpace: 'labs', depth: 16 }).png).toEqual(['N_COLOUR_CONVERTED']);
});

it('names the formats that would do for a picture too large', () => {
  const [webp] = lossesOf({ ...plain, height: 70_000 }).filter(({ format }) => format === 'webp');
  expect(webp?.fault?.detail).toMatchObject({ format: 'WEBP', limit: 16_383, formats: 'PNG, TIFF' });
});
