/** What the window knows after each event: sources, files and their counts, the chain, the batch from click to summary. */
import { expect, test } from 'vitest';
import type { FileEntry, FileResult, FilterInfo, Progress, RecipeEntry } from '../../../preload/contract.ts';
import { enabledSteps, fitChain, LONGEST_CHAIN } from '../../../renderer/chain/chain.ts';
import { visibleIndexes } from '../../../renderer/files/counts.ts';
import { fromRemembered, NEW_OUTPUT, toRemember, withFormat } from '../../../renderer/output/rules.ts';
import { type Act, reduce, START, type State } from '../../../renderer/state.ts';

const BLUR: FilterInfo = {
  id: 'gaussian-blur',
  group: 'blur',
  label: { en: 'Gaussian blur', 'zh-CN': '高斯模糊' },
  help: { en: '', 'zh-CN': '' },
  params: [
    {
      type: 'number',
      name: 'sigma',
      label: { en: 'Radius', 'zh-CN': '半径' },
      help: { en: '', 'zh-CN': '' },
      min: 0.1,
      max: 100,
      step: 0.1,
      default: 2,
      unit: 'px',
      scale: 'log',
    },
  ],
  depth: [8, 16],
};

function run(...acts: readonly Act[]): State {
  return acts.reduce(reduce, START);
}

const opened: Act = {
  kind: 'opened',
  paths: ['/photos'],
  source: { sourceId: 's1', name: 'photos', root: '/photos' },
};

function entry(index: number, skip: FileEntry['skip'] = null): FileEntry {
  return { index, relativePath: `${index}.jpg`, bytes: 100, skip };
}

function files(sourceId: string, ...entries: readonly FileEntry[]): Act {
  return { kind: 'source.files', payload: { sourceId, files: [...entries] } };
}

function result(index: number, status: FileResult['status']): FileResult {
  return {
    batchId: 'b1',
    index,
    source: `/photos/${index}.jpg`,
    status,
    outputs: [],
    fault: status === 'failed' ? { code: 'E_TRUNCATED', detail: {} } : null,
    notices: [],
    ms: 5,
  };
}

const progress: Progress = {
  batchId: 'b1',
  done: 1,
  total: 3,
  fraction: 0.4,
  megapixelsPerSecond: 90,
  secondsLeft: null,
  memoryBytes: 1,
  budgetBytes: 2,
  working: [1, 2],
};

const listed = [
  opened,
  files('s1', entry(0, { code: 'E_HIDDEN', detail: {} }), entry(1)),
  files('s1', entry(2), entry(3)),
  { kind: 'source.listed', payload: { sourceId: 's1', files: 4 } },
] as const satisfies readonly Act[];

const started = [
  ...listed,
  { kind: 'batch-starting', folder: '/out' },
  { kind: 'batch-started', batchId: 'b1' },
] as const satisfies readonly Act[];

test('files come in pieces; the first readable one is chosen; what will not be read is counted apart', () => {
  const state = run(...listed);
  expect(state.files).toHaveLength(4);
  expect(state.selected).toBe(1);
  expect(state.source?.listing).toBe(false);
  expect(state.counts).toEqual({ all: 4, done: 0, failed: 0, skipped: 1, readable: 3, bytes: 300 });
});

test('events of a source that was left change nothing', () => {
  const state = run(...listed);
  expect(reduce(state, files('old', entry(9)))).toBe(state);
});

test('a new source leaves the old one’s files, results and suggested folder behind, and keeps the chain', () => {
  const state = run(
    ...started,
    { kind: 'chain-add', filter: BLUR },
    { kind: 'output', patch: { folder: '/photos/out' } },
    { kind: 'batch.files', payload: { batchId: 'b1', results: [result(1, 'done')] } },
    { ...opened, source: { sourceId: 's2', name: 'other', root: '/other' } },
  );
  expect(state.files).toEqual([]);
  expect(state.results).toEqual([]);
  expect(state.batch.kind).toBe('idle');
  expect(state.output.folder).toBeNull();
  expect(state.chain).toHaveLength(1);
});

test('a folder the photographer picked stays with the next source', () => {
  const state = run(opened, { kind: 'output', patch: { folder: '/mine', folderChosen: true } }, opened);
  expect(state.output.folder).toBe('/mine');
});

test('a batch goes from the click to its summary, and every file is counted once', () => {
  const running = run(
    ...started,
    { kind: 'batch.planned', payload: { batchId: 'b1', files: 4, pixels: 40 } },
    { kind: 'batch.progress', payload: progress },
    {
      kind: 'batch.files',
      payload: { batchId: 'b1', results: [result(0, 'skipped'), result(1, 'done'), result(2, 'failed')] },
    },
  );
  expect(running.batch).toMatchObject({ kind: 'running', total: 3, cancelling: false });
  expect([...running.working]).toEqual([]);
  expect(running.counts).toMatchObject({ all: 4, done: 1, failed: 1, skipped: 1 });
  expect(visibleIndexes(running.files, running.results, 'failed')).toEqual([2]);
  expect(visibleIndexes(running.files, running.results, 'skipped')).toEqual([0]);
  const summary = { batchId: 'b1', done: 1, failed: 1, skipped: 1, cancelled: 1, wallMs: 9, peakMemoryBytes: 1 };
  const end = reduce(running, { kind: 'batch.summary', payload: summary });
  expect(end.batch).toMatchObject({ kind: 'finished', folder: '/out', summary, fault: null });
  expect(end.working.size).toBe(0);
});

test('events that overtake the reply to batch.start are not lost', () => {
  const state = run(
    ...listed,
    { kind: 'batch-starting', folder: '/out' },
    {
      kind: 'batch.files',
      payload: { batchId: 'b1', results: [result(1, 'done')] },
    },
  );
  expect(state.batch).toMatchObject({ kind: 'running', id: 'b1' });
  expect(state.counts.done).toBe(1);
  expect(reduce(state, { kind: 'batch-started', batchId: 'b1' }).batch).toBe(state.batch);
});

test('another batch’s events change nothing', () => {
  const state = run(...started);
  expect(reduce(state, { kind: 'batch.progress', payload: { ...progress, batchId: 'b0' } })).toBe(state);
  const other = reduce(state, { kind: 'batch.files', payload: { batchId: 'b0', results: [result(1, 'done')] } });
  expect(other.counts).toBe(state.counts);
});

test('a batch that stopped as a whole keeps its fault beside its summary, in either order', () => {
  const fault = { code: 'E_NOSPC', detail: {} };
  const summary = { batchId: 'b1', done: 0, failed: 3, skipped: 1, cancelled: 0, wallMs: 1, peakMemoryBytes: 1 };
  const failed: Act = { kind: 'batch.failed', payload: { batchId: 'b1', fault } };
  const summed: Act = { kind: 'batch.summary', payload: summary };
  for (const order of [
    [failed, summed],
    [summed, failed],
  ])
    expect(run(...started, ...order).batch).toMatchObject({ kind: 'finished', fault, summary });
});

test('a refused start says why and leaves the window ready', () => {
  const fault = { code: 'E_OUTPUT_FOLDER', detail: { path: '/out', why: 'EACCES' } };
  const state = run(...listed, { kind: 'batch-starting', folder: '/out' }, { kind: 'batch-refused', fault });
  expect(state.batch.kind).toBe('idle');
  expect(state.problem).toEqual(fault);
});

test('a new batch starts without the last one’s results', () => {
  const state = run(
    ...started,
    { kind: 'batch.files', payload: { batchId: 'b1', results: [result(1, 'failed')] } },
    { kind: 'filter', filter: 'failed' },
    { kind: 'batch-starting', folder: '/out' },
  );
  expect(state.counts.failed).toBe(0);
  expect(state.filter).toBe('all');
});

test('who is working is a new set only when it changed', () => {
  const once = run(...started, { kind: 'batch.progress', payload: progress });
  const twice = reduce(once, { kind: 'batch.progress', payload: { ...progress, done: 2 } });
  expect(twice.working).toBe(once.working);
});

test('the memory line keeps the newest points only', () => {
  const gauge = { budgetBytes: 1, machineFreeBytes: 1, machineTotalBytes: 1, workers: 2 };
  const state = Array.from(
    { length: 300 },
    (_, engineBytes): Act => ({
      kind: 'gauge',
      payload: { ...gauge, engineBytes },
    }),
  ).reduce(reduce, START);
  expect(state.memoryHistory).toHaveLength(240);
  expect(state.memoryHistory.at(-1)).toBe(299);
});

test('steps are added with their defaults, moved, switched off, set and removed by keys that stay', () => {
  const two = run({ kind: 'chain-add', filter: BLUR }, { kind: 'chain-add', filter: BLUR });
  expect(two.chain.map((item) => item.key)).toEqual([0, 1]);
  expect(two.chain[0]?.step).toEqual({ filter: 'gaussian-blur', params: { sigma: 2 }, enabled: true });
  const moved = reduce(two, { kind: 'chain-move', key: 1, to: 0 });
  expect(moved.chain.map((item) => item.key)).toEqual([1, 0]);
  const set = reduce(moved, { kind: 'chain-param', key: 0, name: 'sigma', value: 7 });
  expect(set.chain[1]?.step.params).toEqual({ sigma: 7 });
  const off = reduce(set, { kind: 'chain-enable', key: 1, enabled: false });
  expect(enabledSteps(off.chain)).toEqual([{ filter: 'gaussian-blur', params: { sigma: 7 }, enabled: true }]);
  expect(reduce(off, { kind: 'chain-remove', key: 1 }).chain.map((item) => item.key)).toEqual([0]);
});

test('a chain grows no longer than the contract takes', () => {
  const adds = Array.from({ length: LONGEST_CHAIN + 3 }, (): Act => ({ kind: 'chain-add', filter: BLUR }));
  expect(run(...adds).chain).toHaveLength(LONGEST_CHAIN);
});

test('a remembered chain loses what the catalogue does not have and is kept in range', () => {
  const steps = [
    { filter: 'gone', params: {}, enabled: true },
    { filter: 'gaussian-blur', params: { sigma: 900, old: 1 }, enabled: false },
  ];
  expect(fitChain(steps, [BLUR])).toEqual([{ filter: 'gaussian-blur', params: { sigma: 100 }, enabled: false }]);
});

test('a format takes along a depth it cannot hold', () => {
  expect(withFormat('jpeg', 16)).toEqual({ format: 'jpeg', depth: 'keep' });
  expect(withFormat('tiff', 16)).toEqual({ format: 'tiff' });
  expect(fromRemembered({ format: 'webp', depth: 16 })).toMatchObject({ format: 'webp', depth: 'keep' });
});

test('only a folder that was picked is remembered', () => {
  expect(toRemember({ ...NEW_OUTPUT, folder: '/suggested' })).not.toHaveProperty('folder');
  const picked = toRemember({ ...NEW_OUTPUT, folder: '/mine', folderChosen: true });
  expect(fromRemembered(picked)).toMatchObject({ folder: '/mine', folderChosen: true });
});

test('ticks keep their order and go with their recipe', () => {
  const entry = (id: string): RecipeEntry => ({
    recipe: { version: 1, id, name: id, steps: [], output: {} },
    label: { en: id, 'zh-CN': id },
    builtIn: false,
  });
  const listed = (...ids: readonly string[]): Act => ({
    kind: 'recipes.changed',
    payload: { recipes: ids.map(entry), broken: [] },
  });
  const tick = (id: string, on: boolean): Act => ({ kind: 'recipe-tick', id, on });
  const state = run(listed('a', 'b', 'c'), tick('c', true), tick('a', true), tick('b', true), tick('b', false));
  expect(state.ticked).toEqual(['c', 'a']);
  expect(reduce(state, listed('a', 'b')).ticked).toEqual(['a']);
});
