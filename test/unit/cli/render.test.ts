/** What a person reads of the catalogue, of one file and of the machine. */
import { expect, it } from 'vitest';
import { doctorText } from '../../../main/cli/doctor.ts';
import { filtersText } from '../../../main/cli/filters.ts';
import { inspectText } from '../../../main/cli/inspect.ts';
import type { FilterInfo, Probe } from '../../../preload/contract.ts';

const words = (en: string) => ({ en, 'zh-CN': `${en}?` });

const dilate: FilterInfo = {
  id: 'dilate',
  group: 'edges',
  label: words('Dilate'),
  help: words('Grows what is bright.'),
  depth: [8, 16],
  params: [
    {
      type: 'choice',
      name: 'shape',
      label: words('Shape'),
      help: words('Of the element.'),
      options: [
        { value: 'rectangle', label: words('Rectangle') },
        { value: 'ellipse', label: words('Ellipse') },
      ],
      default: 'rectangle',
    },
    {
      type: 'number',
      name: 'width',
      label: words('Width'),
      help: words('Of the element.'),
      min: 1,
      max: 99,
      step: 2,
      default: 3,
      unit: 'px',
      scale: 'linear',
    },
    { type: 'switch', name: 'invert', label: words('Invert'), help: words('The other way.'), default: false },
  ],
};

const probe: Probe = {
  kind: 'png',
  width: 6000,
  height: 4000,
  channels: 4,
  depth: 16,
  hasAlpha: true,
  orientation: 6,
  frames: 1,
  colourSpace: 'rgb16',
  iccName: 'Adobe RGB\u001b[2J',
  hasExif: true,
  hasXmp: false,
  hasGps: true,
  tags: { capturedAt: '2024-05-31T10:00:00', camera: 'Canon', lens: null, iso: 100 },
};

it('tells a filter with the range of every parameter', () => {
  expect(filtersText([dilate])).toBe(
    [
      'dilate',
      '    Grows what is bright.',
      '    shape   rectangle | ellipse  default rectangle  Of the element.',
      '    width   1 to 99 px           default 3          Of the element.',
      '    invert  true | false         default false      The other way.',
      '',
      'Use: --filter <id>:<param>=<value>,…',
      '',
    ].join('\n'),
  );
});

it('tells what is known of a file and what each format would lose', () => {
  const text = inspectText(
    { path: '/p/a.jpg', bytes: 1_234_567 },
    { ok: true, probe, notices: [{ code: 'N_EXTENSION', detail: { kind: 'PNG' } }] },
  );
  expect(text).toBe(
    [
      '/p/a.jpg (1 MB)',
      '  kind         png',
      '  size         6000 × 4000 (24.0 MP)',
      '  samples      4 × 16 bits, rgb16, with transparency',
      '  profile      Adobe RGB\\u{1b}[2J',
      '  orientation  6 (turned upright when processed)',
      '  metadata     EXIF, GPS',
      '  taken        2024-05-31T10:00:00',
      '  camera       Canon',
      '  ISO          100',
      '  note: The contents are PNG, whatever the name says.',
      '  as jpeg  Transparency was laid on white: JPEG has none. 16 bits a channel became 8.',
      '  as png   nothing is lost',
      '  as webp  16 bits a channel became 8.',
      '  as avif  16 bits a channel became 8.',
      '  as tiff  nothing is lost',
      '',
    ].join('\n'),
  );
});

it('tells why a file cannot be read, and what to do', () => {
  expect(inspectText({ path: '/p/a', bytes: 0 }, { ok: false, fault: { code: 'E_EMPTY', detail: {} } })).toBe(
    '/p/a (0 B)\n  The file is empty. [E_EMPTY]\n  Copy it again from the card or the backup.\n',
  );
});

it('puts what is wrong with the machine where it is seen', () => {
  const text = doctorText({
    version: '1.2.3',
    findings: [
      { name: 'engine', state: 'wrong', value: 'ends at once (exit code 1)' },
      { name: 'Electron', state: 'missing', value: 'not found' },
      { name: 'memory', state: 'ok', value: '16,000 MB' },
    ],
    codecs: { vips: '8.18.6' },
    reads: ['jpeg', 'gif'],
    writes: ['jpeg'],
    limits: { tileSize: 512, workers: 4, memoryBytes: 4e9, pixelLimit: 268_402_689 },
  });
  expect(text.split('\n')).toEqual([
    'Photomill 1.2.3',
    'WRONG    engine        ends at once (exit code 1)',
    'missing  Electron      not found',
    'ok       memory        16,000 MB',
    '         reads         jpeg, gif',
    '         writes        jpeg',
    '         codecs        vips 8.18.6',
    '         a batch uses  4 workers, 4.0 GB, tiles of 512 px, photos up to 268 MP',
    '',
  ]);
});
