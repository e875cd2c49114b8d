/**
 * Owns what the window knows and how each event changes it: a pure reducer over the contract's events and the
 * photographer's acts. Refuses to know React, transports and the clock.
 */
import {
  type AppContract,
  type FaultRecord,
  type FileEntry,
  type FileResult,
  type FilterInfo,
  type Gauge,
  MAX_VARIANTS,
  type Notice,
  type Payload,
  type RecipeEntry,
  type Result,
  type Settings,
} from '../preload/contract.ts';
import { type ChainAct, type ChainItem, reduceChain } from './chain/chain.ts';
import { countFiles, type FileCounts, type FileFilter, firstReadable, NO_FILES } from './files/counts.ts';
import { NEW_OUTPUT, type OutputChoice } from './output/rules.ts';
import { type Batch, type BatchAct, IDLE, reduceBatch } from './progress/batch.ts';

export type Hello = Result<AppContract, 'app.hello'>;
export type Connection = 'connecting' | 'open' | 'closed';

export interface Source {
  readonly id: string;
  readonly name: string;
  readonly root: string;
  /** What it was opened with; one path comes back at the next start. */
  readonly paths: readonly string[];
  readonly listing: boolean;
  readonly fault: FaultRecord | null;
}

export interface State {
  readonly connection: Connection;
  /** Why there is no connection, where one knows. */
  readonly closedBy: FaultRecord | null;
  readonly hello: Hello | null;
  readonly filters: readonly FilterInfo[];
  readonly settings: Settings | null;
  /** Told once by the host, until put away. */
  readonly notices: readonly Notice[];
  /** The last request that failed, until put away. */
  readonly problem: FaultRecord | null;
  readonly source: Source | null;
  /** By the entry's index. */
  readonly files: readonly FileEntry[];
  /** By the entry's index; holes where a file has no record yet. */
  readonly results: readonly (FileResult | undefined)[];
  readonly working: ReadonlySet<number>;
  readonly counts: FileCounts;
  readonly filter: FileFilter;
  readonly selected: number | null;
  readonly chain: readonly ChainItem[];
  readonly output: OutputChoice;
  /** Built-in ones first; empty until asked for. */
  readonly recipes: readonly RecipeEntry[];
  /** Ids of the recipes that a batch makes instead of the chain, in the order they were ticked. */
  readonly ticked: readonly string[];
  readonly batch: Batch;
  readonly gauge: Gauge | null;
  /** Engine bytes at the last gauge events, oldest first. */
  readonly memoryHistory: readonly number[];
}

export const START: State = {
  connection: 'connecting',
  closedBy: null,
  hello: null,
  filters: [],
  settings: null,
  notices: [],
  problem: null,
  source: null,
  files: [],
  results: [],
  working: new Set(),
  counts: NO_FILES,
  filter: 'all',
  selected: null,
  chain: [],
  output: NEW_OUTPUT,
  recipes: [],
  ticked: [],
  batch: IDLE,
  gauge: null,
  memoryHistory: [],
};

/** Points of the memory line: two minutes at the host's two gauges a second, and no more than its pixels' width. */
const HISTORY_LENGTH = 240;

type Event = {
  [E in keyof AppContract['events']]: { readonly kind: E; readonly payload: Payload<AppContract, E> };
}[keyof AppContract['events']];
export type HostEvent = Event;

export type Act =
  | { readonly kind: 'hello'; readonly hello: Hello }
  | { readonly kind: 'closed'; readonly fault: FaultRecord | null }
  | { readonly kind: 'problem'; readonly fault: FaultRecord | null }
  | { readonly kind: 'notices-read' }
  | {
      readonly kind: 'opened';
      readonly paths: readonly string[];
      readonly source: Result<AppContract, 'source.open'>;
    }
  | { readonly kind: 'source-closed' }
  | { readonly kind: 'select'; readonly index: number }
  | { readonly kind: 'filter'; readonly filter: FileFilter }
  | { readonly kind: 'output'; readonly patch: Partial<OutputChoice> }
  | { readonly kind: 'recipe-tick'; readonly id: string; readonly on: boolean }
  | ChainAct
  | BatchAct
  | Event;

export function reduce(state: State, act: Act): State {
  switch (act.kind) {
    case 'hello':
      return {
        ...state,
        connection: 'open',
        hello: act.hello,
        filters: act.hello.filters,
        settings: act.hello.settings,
        notices: act.hello.notices,
      };
    case 'closed':
      return { ...state, connection: 'closed', closedBy: act.fault ?? state.closedBy };
    case 'problem':
      return { ...state, problem: act.fault };
    case 'notices-read':
      return { ...state, notices: [] };
    case 'notice':
      return { ...state, notices: [...state.notices, act.payload] };
    case 'recipes.changed':
      return {
        ...state,
        recipes: act.payload.recipes,
        ticked: state.ticked.filter((id) => act.payload.recipes.some(({ recipe }) => recipe.id === id)),
      };
    case 'recipe-tick': {
      const others = state.ticked.filter((id) => id !== act.id);
      return { ...state, ticked: act.on && others.length < MAX_VARIANTS ? [...others, act.id] : others };
    }
    case 'settings.changed':
      return { ...state, settings: act.payload };
    case 'gauge':
      return {
        ...state,
        gauge: act.payload,
        memoryHistory: [...state.memoryHistory.slice(1 - HISTORY_LENGTH), act.payload.engineBytes],
      };
    case 'opened':
      return {
        ...state,
        ...withoutSource(state),
        source: {
          id: act.source.sourceId,
          name: act.source.name,
          root: act.source.root,
          paths: act.paths,
          listing: true,
          fault: null,
        },
      };
    case 'source-closed':
      return { ...state, ...withoutSource(state) };
    case 'source.files':
    case 'source.listed':
    case 'source.failed':
      return reduceSource(state, act);
    case 'select':
      return { ...state, selected: act.index };
    case 'filter':
      return { ...state, filter: act.filter };
    case 'output':
      return { ...state, output: { ...state.output, ...act.patch } };
    case 'chain':
    case 'chain-add':
    case 'chain-remove':
    case 'chain-move':
    case 'chain-enable':
    case 'chain-param':
      return { ...state, chain: reduceChain(state.chain, act) };
    case 'batch-starting':
    case 'batch-started':
    case 'batch-refused':
    case 'batch-cancelling':
    case 'batch-closed':
    case 'batch.planned':
    case 'batch.files':
    case 'batch.progress':
    case 'batch.summary':
    case 'batch.failed':
      return reduceBatchIn(state, act);
  }
}

/** What a new or closed source leaves behind; the chain and the choices of output stay. */
function withoutSource(state: State): Partial<State> {
  return {
    source: null,
    files: [],
    results: [],
    working: new Set(),
    counts: NO_FILES,
    filter: 'all',
    selected: null,
    batch: IDLE,
    output: state.output.folderChosen ? state.output : { ...state.output, folder: null },
  };
}

function reduceSource(
  state: State,
  act: Extract<Event, { kind: 'source.files' | 'source.listed' | 'source.failed' }>,
): State {
  // Events of a source that was left are still on their way for a moment.
  if (state.source?.id !== act.payload.sourceId) return state;
  switch (act.kind) {
    case 'source.files': {
      const files = state.files.slice();
      for (const file of act.payload.files) files[file.index] = file;
      const selected = state.selected ?? firstReadable(files);
      return { ...state, files, selected, counts: countFiles(files, state.results) };
    }
    case 'source.listed':
      return { ...state, source: { ...state.source, listing: false } };
    case 'source.failed':
      return { ...state, source: { ...state.source, listing: false, fault: act.payload.fault } };
  }
}

function reduceBatchIn(state: State, act: BatchAct | Extract<Event, { kind: `batch.${string}` }>): State {
  const batch = reduceBatch(state.batch, act);
  switch (act.kind) {
    case 'batch-starting':
      return {
        ...state,
        batch,
        results: [],
        working: new Set(),
        counts: countFiles(state.files, []),
        filter: 'all',
        problem: null,
      };
    case 'batch-refused':
      return { ...state, batch, problem: act.fault };
    case 'batch.files': {
      if (batch.kind === 'idle' || batch.id !== act.payload.batchId) return { ...state, batch };
      const results = state.results.slice();
      const working = new Set(state.working);
      for (const result of act.payload.results) {
        results[result.index] = result;
        working.delete(result.index);
      }
      return { ...state, batch, results, working, counts: countFiles(state.files, results) };
    }
    case 'batch.progress':
      return batch === state.batch
        ? state
        : { ...state, batch, working: sameOrNew(state.working, act.payload.working) };
    case 'batch.summary':
    case 'batch.failed':
      return batch === state.batch ? state : { ...state, batch, working: new Set() };
    default:
      return { ...state, batch };
  }
}

/** Keeps the old set where nothing changed, so that nothing that only shows who is working draws anew. */
function sameOrNew(old: ReadonlySet<number>, now: readonly number[]): ReadonlySet<number> {
  return old.size === now.length && now.every((index) => old.has(index)) ? old : new Set(now);
}
