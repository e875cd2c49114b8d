/**
 * Every request and event of both contracts with a sample that crosses a frame and a structured clone unchanged. A new
 * method without a sample does not compile; a schema that lost a field (zod drops what it does not know) does not pass.
 */
import { describe, expect, it } from 'vitest';
import {
  type AppContract,
  appContract,
  type Contract,
  type EngineContract,
  type EventName,
  engineContract,
  type FileResult,
  type FilterInfo,
  type ImageJob,
  type Method,
  type OutputSpec,
  type Params,
  type Payload,
  type Picture,
  type Probe,
  type RecipeEntry,
  type Result,
  type Settings,
  type Step,
} from '../../preload/contract.ts';
import { decodeFrame, encodeFrame } from '../../preload/frame.ts';
import { parseEnvelope } from '../../preload/wire.ts';

interface Samples<C extends Contract> {
  readonly requests: { readonly [M in Method<C>]: { params: Params<C, M>; result: Result<C, M> } };
  readonly events: { readonly [E in EventName<C>]: Payload<C, E> };
}

const text = { en: 'Blur', 'zh-CN': '模糊' };
const fault = { code: 'E_BOMB', detail: { width: 70_000, height: 70_000, limit: '268402689' } };
const notice = { code: 'N_RENAMED', detail: { name: 'a-2.jpg' } };
const filters: FilterInfo[] = [
  {
    id: 'gaussian-blur',
    group: 'blur',
    label: text,
    help: text,
    depth: [8, 16],
    params: [
      {
        type: 'number',
        name: 'sigma',
        label: text,
        help: text,
        min: 0.3,
        max: 100,
        step: 0.1,
        default: 1.4,
        unit: 'px',
        scale: 'log',
      },
      {
        type: 'choice',
        name: 'shape',
        label: text,
        help: text,
        options: [{ value: 'ellipse', label: text }],
        default: 'ellipse',
      },
      { type: 'switch', name: 'fast', label: text, help: text, default: false },
    ],
  },
];
const chain: Step[] = [
  { filter: 'gaussian-blur', params: { sigma: 1.4, shape: 'ellipse', fast: true }, enabled: false },
];
const output: OutputSpec = {
  folder: '/out',
  format: 'keep',
  quality: 90,
  depth: 'keep',
  name: '{name}',
  onConflict: 'rename',
};
const settings: Settings = {
  tileSize: 'auto',
  workers: 4,
  memoryBytes: 2 ** 31,
  pixelLimit: 400_000_000,
  language: 'zh-CN',
  last: { source: '/photos', chain, output: { format: 'avif', depth: 16 } },
};
const picture: Picture = {
  bytes: new Uint8Array([0xff, 0xd8, 0, 1]),
  mime: 'image/jpeg',
  width: 2,
  height: 3,
  sourceWidth: 4000,
  sourceHeight: 6000,
};
const probe: Probe = {
  kind: 'tiff',
  width: 6000,
  height: 4000,
  channels: 4,
  depth: 16,
  hasAlpha: true,
  orientation: 6,
  frames: 1,
  colourSpace: 'srgb',
  iccName: null,
  hasExif: true,
  hasXmp: false,
  hasGps: true,
  tags: { capturedAt: '2024-05-06T07:08:09', camera: 'X', lens: null, iso: 100 },
};
const probed = [
  { ok: true as const, probe, notices: [notice] },
  { ok: false as const, fault },
];
const result: FileResult = {
  batchId: 'b1',
  index: 3,
  source: '/photos/é照片.jpg',
  status: 'failed',
  outputs: [],
  fault,
  notices: [notice],
  ms: 12.5,
};
const job: ImageJob = {
  jobId: 'j',
  batchId: 'b1',
  source: '/photos/a.jpg',
  variants: [{ chain, target: { path: '/out/a.jpg', format: 'jpeg', quality: 90, depth: 8, onConflict: 'skip' } }],
  tileSize: 512,
  pixelLimit: 1e9,
  size: { kind: 'jpeg', width: 6000, height: 4000, channels: 3, depth: 8 },
};
const file = { sourceId: 's1', index: 7 };
const recipeEntry: RecipeEntry = {
  recipe: { version: 1, id: 'aerial', name: 'Aerial', steps: chain, output: { format: 'jpeg', name: '{name}' } },
  label: { en: 'Aerial', 'zh-CN': '航拍' },
  builtIn: true,
};
const recipes = { recipes: [recipeEntry], broken: [{ file: '/data/recipes/x.json', fault }] };

const appSamples: Samples<AppContract> = {
  requests: {
    'app.hello': {
      params: {},
      result: {
        ...{ version: '0.1.0', host: 'serve', locale: 'en', notices: [notice], filters, settings },
        capabilities: { dialogs: false, reveal: true },
      },
    },
    'settings.set': { params: { workers: 'auto', last: settings.last }, result: settings },
    'dialog.source': { params: { kind: 'folder' }, result: { paths: ['/photos'] } },
    'dialog.output': { params: {}, result: null },
    'folder.list': {
      params: { path: null },
      result: { path: '/a', parent: null, entries: [{ name: 'b', path: '/a/b', isFolder: true }] },
    },
    'source.open': {
      params: { paths: ['/photos'], recursive: true },
      result: { sourceId: 's1', name: 'photos', root: '/photos' },
    },
    'source.close': { params: { sourceId: 's1' }, result: {} },
    'file.thumbnail': { params: { ...file, size: 256 }, result: picture },
    'file.probe': { params: file, result: probed[0] as (typeof probed)[0] },
    'preview.render': {
      params: { ...file, chain, view: { kind: 'region', left: 0, top: 9, width: 512, height: 512 } },
      result: picture,
    },
    'output.example': {
      params: {
        ...{ ...file, chain },
        output: { format: 'webp', quality: 80, depth: 8, name: '{name}', onConflict: 'skip' },
      },
      result: { name: 'a.webp' },
    },
    'output.suggest': { params: { sourceId: 's1' }, result: { path: '/photos Photomill' } },
    'recipes.list': { params: {}, result: recipes },
    'recipes.save': { params: { name: 'Aerial', steps: chain, output: { quality: 80 } }, result: recipeEntry },
    'recipes.delete': { params: { id: 'aerial-2' }, result: {} },
    'recipes.import': { params: { text: '{}' }, result: recipeEntry },
    'recipes.export': { params: { id: 'aerial', folder: '/out' }, result: { path: '/out/aerial.json' } },
    'batch.start': {
      params: { sourceId: 's1', chain, output, recipes: ['aerial', 'oil-painting'] },
      result: { batchId: 'b1' },
    },
    'batch.cancel': { params: { batchId: 'b1' }, result: {} },
    'shell.reveal': { params: { path: '/out/a.jpg' }, result: {} },
  },
  events: {
    'source.files': {
      sourceId: 's1',
      files: [
        { index: 0, relativePath: 'a/b.jpg', bytes: 5e9, skip: null },
        { index: 1, relativePath: 'c', bytes: 0, skip: fault },
      ],
    },
    'source.listed': { sourceId: 's1', files: 2 },
    'source.failed': { sourceId: 's1', fault },
    'batch.planned': { batchId: 'b1', files: 40, pixels: 1e9 },
    'batch.files': {
      batchId: 'b1',
      results: [result, { ...result, fault: null, status: 'done', outputs: ['/out/a.jpg'] }],
    },
    'batch.progress': {
      ...{ batchId: 'b1', done: 1, total: 40, fraction: 0.025, megapixelsPerSecond: 31.5 },
      ...{ secondsLeft: { low: 10, high: 14 }, memoryBytes: 1, budgetBytes: 2, working: [1, 2] },
    },
    'batch.summary': {
      batchId: 'b1',
      done: 38,
      failed: 1,
      skipped: 1,
      cancelled: 0,
      wallMs: 1234.5,
      peakMemoryBytes: 1e9,
    },
    'batch.failed': { batchId: 'b1', fault },
    'settings.changed': settings,
    'recipes.changed': recipes,
    gauge: { engineBytes: 1, budgetBytes: 2, machineFreeBytes: 3, machineTotalBytes: 4, workers: 2 },
    notice,
  },
};

const engineSamples: Samples<EngineContract> = {
  requests: {
    'engine.configure': { params: { workers: 2, memoryBytes: 1e9 }, result: {} },
    'engine.filters': { params: {}, result: { filters } },
    'engine.codecs': {
      params: {},
      result: { versions: { vips: '8.18.7' }, reads: ['jpeg'], writes: ['png'], simd: true },
    },
    'image.probe': { params: { paths: ['/a', '/b'], pixelLimit: 1e9, tags: true }, result: { probes: probed } },
    'image.process': {
      params: job,
      result: {
        variants: [{ kind: 'done', output: '/out/a.jpg' }, { kind: 'skipped' }, { kind: 'failed', fault }],
        notices: [notice],
        ms: 900,
      },
    },
    'image.cancel': { params: { jobIds: ['j'] }, result: {} },
    'image.thumbnail': { params: { path: '/a', size: 256, pixelLimit: 1e9 }, result: picture },
    'image.preview': {
      params: { path: '/a', chain, view: { kind: 'fit', width: 800, height: 600 }, tileSize: 512, pixelLimit: 1e9 },
      result: picture,
    },
  },
  events: {
    'engine.memory': { privateBytes: 1, rssBytes: 2 },
    'image.started': { jobId: 'j', batchId: 'b1' },
    'image.published': { jobId: 'j', batchId: 'b1', planned: '/out/a.jpg', output: '/out/a-2.jpg' },
  },
};

interface Case {
  readonly schema: { parse(value: unknown): unknown; safeParse(value: unknown): { readonly success: boolean } };
  readonly sample: unknown;
}

function casesOf<C extends Contract>(contract: C, samples: Samples<C>): [string, Case][] {
  const requests = Object.entries(contract.requests).flatMap(
    ([method, { params, result: answer }]): [string, Case][] => [
      [`${method} (params)`, { schema: params, sample: samples.requests[method as Method<C>].params }],
      [`${method} (result)`, { schema: answer, sample: samples.requests[method as Method<C>].result }],
    ],
  );
  const events = Object.entries(contract.events).map(([event, schema]): [string, Case] => [
    event,
    { schema, sample: samples.events[event as EventName<C>] },
  ]);
  return [...requests, ...events];
}

describe.each([
  ['app', casesOf(appContract, appSamples)],
  ['engine', casesOf(engineContract, engineSamples)],
] as const)('%s contract', (_half, cases) => {
  it.each(cases)('%s', (_name, { schema, sample }) => {
    const message = { v: 1, kind: 'result', id: 1, result: sample };
    for (const crossed of [message, structuredClone(message), decodeFrame(encodeFrame(message))]) {
      const envelope = parseEnvelope(crossed);
      if (envelope?.kind !== 'result') throw new Error('the envelope did not cross');
      expect(schema.parse(envelope.result)).toEqual(sample);
    }
    for (const wrong of ['text', 7, [[]]]) expect(schema.safeParse(wrong).success).toBe(false);
    for (const key of Object.keys(sample ?? {})) {
      const spoilt = { ...(sample as object), [key]: Symbol('nothing a schema knows') };
      expect([key, schema.safeParse(spoilt).success]).toEqual([key, false]);
    }
  });
});
