/**
 * Owns the talk with the host: the first hello, events into the store, and each of the photographer's acts that needs
 * an answer. Refuses to know components, and which host and transport there is (bridge.ts).
 */
import { type AppContract, appContract, type EventName, type Settings } from '../preload/contract.ts';
import { asFault, Fault, toRecord } from '../preload/faults.ts';
import type { AppClient, Bridge } from './bridge.ts';
import { fitChain, stepsOf } from './chain/chain.ts';
import { fromRemembered, toRemember, toSpec } from './output/rules.ts';
import type { Act, HostEvent, State } from './state.ts';
import { dispatch, dispatchAll, readState, useStore } from './store.ts';

/** Events are shown 30 times a second at most. A timer and not an animation frame: a hidden window gets no frames. */
const FLUSH_MS = 33;
/** Long enough that a dragged slider is one write, short enough to survive a quit right after. */
const REMEMBER_MS = 600;

let bridge: Bridge | null = null;

/** The line to the host. Only used by what is shown once it is open. */
export function client(): AppClient {
  if (bridge === null) throw new Fault('E_CLOSED');
  return bridge.client;
}

export function grantDropped(): Bridge['grantDropped'] {
  return bridge?.grantDropped ?? null;
}

export async function connect(open: () => Promise<Bridge>): Promise<void> {
  try {
    bridge = await open();
    const line = bridge.client;
    line.onClose(() => dispatch({ kind: 'closed', fault: null }));
    for (const event of Object.keys(appContract.events)) listen(line, event as EventName<AppContract>);
    const hello = await line.request('app.hello', {});
    dispatch({ kind: 'hello', hello });
    void tried(async () => dispatch({ kind: 'recipes.changed', payload: await line.request('recipes.list', {}) }));
    await restore(hello.settings, hello.filters);
    rememberChanges();
  } catch (error) {
    dispatch({ kind: 'closed', fault: toRecord(asFault(error)) });
  }
}

let waiting: Act[] = [];
/** Sources being opened. Their first files may come before the reply that names them: they wait for it. */
let opening = 0;

function listen<E extends EventName<AppContract>>(line: AppClient, event: E): void {
  line.on(event, (payload) => {
    if (waiting.length === 0) setTimeout(flush, FLUSH_MS);
    waiting.push({ kind: event, payload } as unknown as HostEvent);
  });
}

function flush(): void {
  const acts = waiting;
  waiting = opening === 0 ? [] : acts.filter((act) => act.kind.startsWith('source.'));
  if (waiting.length > 0) setTimeout(flush, FLUSH_MS);
  dispatchAll(acts.filter((act) => !waiting.includes(act)));
}

/** Runs a request and shows its fault; null when it failed. A cancelled request is no fault. */
export async function tried<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    const fault = asFault(error);
    if (fault.code !== 'E_CANCELLED') dispatch({ kind: 'problem', fault: toRecord(fault) });
    return null;
  }
}

// ---------------------------------------------------------------- source

/** Opens paths the host has granted, and asks where results would go. */
export async function openPaths(paths: readonly string[]): Promise<boolean> {
  return (await tried(() => open(paths))) !== null;
}

async function open(paths: readonly string[]): Promise<true> {
  const before = readState().source;
  opening += 1;
  const source = await client()
    .request('source.open', { paths: [...paths], recursive: true })
    .finally(() => {
      opening -= 1;
    });
  dispatch({ kind: 'opened', paths, source });
  dispatch({ kind: 'problem', fault: null });
  if (before !== null) void tried(() => client().request('source.close', { sourceId: before.id }));
  await suggestOutput(source.sourceId);
  return true;
}

async function suggestOutput(sourceId: string): Promise<void> {
  if (readState().output.folderChosen) return;
  const suggested = await client().request('output.suggest', { sourceId });
  const { output, source } = readState();
  if (source?.id === sourceId && !output.folderChosen) dispatch({ kind: 'output', patch: { folder: suggested.path } });
}

/** Asks by the system's dialog; null when it was closed. */
export async function askSource(): Promise<readonly string[] | null> {
  const answer = await tried(() => client().request('dialog.source', { kind: 'folder' }));
  return answer?.paths ?? null;
}

export async function askOutput(): Promise<string | null> {
  const answer = await tried(() => client().request('dialog.output', {}));
  return answer?.path ?? null;
}

export function chooseOutput(folder: string): void {
  dispatch({ kind: 'output', patch: { folder, folderChosen: true } });
}

// ---------------------------------------------------------------- batch

/** Cancel was pressed before the host had named the batch. */
let cancelWanted = false;

export async function startBatch(): Promise<void> {
  const { source, chain, output, batch, ticked } = readState();
  const spec = toSpec(output);
  if (source === null || spec === null || batch.kind === 'starting' || batch.kind === 'running') return;
  dispatch({ kind: 'batch-starting', folder: spec.folder });
  cancelWanted = false;
  try {
    const { batchId } = await client().request('batch.start', {
      sourceId: source.id,
      chain: stepsOf(chain),
      output: spec,
      ...(ticked.length === 0 ? {} : { recipes: [...ticked] }),
    });
    dispatch({ kind: 'batch-started', batchId });
    if (cancelWanted) await cancelBatch();
  } catch (error) {
    dispatch({ kind: 'batch-refused', fault: toRecord(asFault(error)) });
  }
}

export async function cancelBatch(): Promise<void> {
  const { batch } = readState();
  cancelWanted = batch.kind === 'starting';
  if (batch.kind !== 'running' || batch.cancelling) return;
  dispatch({ kind: 'batch-cancelling' });
  await tried(() => client().request('batch.cancel', { batchId: batch.id }));
}

export async function reveal(path: string): Promise<void> {
  await tried(() => client().request('shell.reveal', { path }));
}

// ---------------------------------------------------------------- settings

export async function saveSettings(patch: Partial<Settings>): Promise<boolean> {
  const settings = await tried(() => client().request('settings.set', patch));
  if (settings === null) return false;
  dispatch({ kind: 'settings.changed', payload: settings });
  return true;
}

/** Brings back what the window had last. A folder that is gone is no fault: one starts empty, as the first time. */
async function restore(settings: Settings, filters: State['filters']): Promise<void> {
  const { source, chain, output } = settings.last;
  dispatch({ kind: 'chain', steps: fitChain(chain, filters) });
  dispatch({ kind: 'output', patch: fromRemembered(output) });
  if (source === null) return;
  try {
    await open([source]);
  } catch {
    // Moved, renamed, its disk not there: nothing the photographer did just now failed.
  }
}

function rememberChanges(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useStore.subscribe((now, before) => {
    if (now.chain === before.chain && now.output === before.output && now.source?.id === before.source?.id) return;
    clearTimeout(timer);
    timer = setTimeout(remember, REMEMBER_MS);
  });
}

function remember(): void {
  const { source, chain, output, connection } = readState();
  if (connection !== 'open') return;
  const last = {
    // Several dropped files are no place one can come back to.
    source: source !== null && source.paths.length === 1 ? (source.paths[0] ?? null) : null,
    chain: stepsOf(chain),
    output: toRemember(output),
  };
  void tried(() => client().request('settings.set', { last }));
}
