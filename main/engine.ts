/**
 * Owns the engine's life: started at the first need, asked over the contract, killed when it hangs, started again
 * when it died. Knows neither batches nor how a process is made (that comes as `SpawnEngine`).
 */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../preload/client.ts';
import {
  type EngineContract,
  engineContract,
  type Method,
  type Params,
  type Payload,
  type Result,
} from '../preload/contract.ts';
import { Fault } from '../preload/faults.ts';
import type { Port } from '../preload/port.ts';

export interface EngineProcess {
  readonly port: Port;
  /** `reason` in words: an exit code, a signal. */
  onExit(listener: (reason: string) => void): void;
  /** SIGKILL: the only thing that stops a native call. */
  kill(): void;
}

/**
 * libuv's own threads carry sharp's calls: with the default of 4, a fifth worker would wait for the others' decodes.
 * And glibc gives every thread an arena that keeps what its photos freed: 40 photos of 4K took 527 MB with arenas as
 * they come and 238 with one, at the same speed (paired runs of `npm run bench -- grey-blur`).
 */
export function engineEnvironment(): Record<string, string | undefined> {
  return {
    ...process.env,
    UV_THREADPOOL_SIZE: String(Math.max(8, 2 * availableParallelism())),
    MALLOC_ARENA_MAX: '1',
  };
}

export type SpawnEngine = () => Promise<EngineProcess>;

export interface EngineMemory {
  readonly privateBytes: number;
  readonly rssBytes: number;
}

export type StartedJob = Payload<EngineContract, 'image.started'>;
export type Published = Payload<EngineContract, 'image.published'>;

export interface Engine {
  /** Rejects with E_CRASH when the engine died meanwhile; it is started again by the next request. */
  request<M extends Method<EngineContract>>(
    method: M,
    params: Params<EngineContract, M>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<EngineContract, M>>;
  /** The last figures heard; zeros before the first. */
  readonly memory: EngineMemory;
  configure(limits: Params<EngineContract, 'engine.configure'>): void;
  /** Ends a process that does not answer; what it had in work rejects with E_CRASH. */
  kill(reason: string): void;
  onRestart(listener: (reason: string) => void): () => void;
  /** Called when a job leaves the queue and its work begins. */
  onStarted(listener: (job: StartedJob) => void): () => void;
  /** Called when a job has given one of its results its name. */
  onPublished(listener: (published: Published) => void): () => void;
  close(): Promise<void>;
}

interface Running {
  readonly process: EngineProcess;
  readonly client: Client<EngineContract>;
  endedBecause: string | null;
}

/** A process that lives shorter than this counts as one that fails to start. */
const HEALTHY_MS = 5_000;
const BACK_OFF_MS = [0, 200, 1_000, 3_000, 10_000] as const;

export function createEngine(spawn: SpawnEngine): Engine {
  let running: Promise<Running> | null = null;
  let limits: Params<EngineContract, 'engine.configure'> | null = null;
  let memory: EngineMemory = { privateBytes: 0, rssBytes: 0 };
  let failedStarts = 0;
  let killReason: string | null = null;
  let closed = false;
  const restartListeners = new Set<(reason: string) => void>();
  const startedListeners = new Set<(job: StartedJob) => void>();
  const publishedListeners = new Set<(published: Published) => void>();

  async function start(): Promise<Running> {
    await sleep(BACK_OFF_MS[Math.min(failedStarts, BACK_OFF_MS.length - 1)]);
    const startedAt = performance.now();
    const process = await spawn().catch((error: unknown) => {
      failedStarts++;
      running = null;
      throw new Fault('E_ENGINE', { why: error instanceof Error ? error.message : String(error) }, error);
    });
    const client = createClient(engineContract, process.port);
    const mine: Running = { process, client, endedBecause: null };
    client.on('engine.memory', (figures) => {
      memory = figures;
    });
    client.on('image.started', (job) => {
      for (const listener of startedListeners) listener(job);
    });
    client.on('image.published', (published) => {
      for (const listener of publishedListeners) listener(published);
    });
    process.onExit((reason) => {
      mine.endedBecause = killReason ?? reason;
      killReason = null;
      running = null;
      memory = { privateBytes: 0, rssBytes: 0 };
      failedStarts = performance.now() - startedAt < HEALTHY_MS ? failedStarts + 1 : 0;
      client.close();
      if (!closed) for (const listener of restartListeners) listener(mine.endedBecause);
    });
    if (limits !== null) await client.request('engine.configure', limits);
    return mine;
  }

  return {
    get memory() {
      return memory;
    },
    async request(method, params, options) {
      if (closed) throw new Fault('E_CLOSED');
      running ??= start();
      const mine = await running;
      try {
        return await mine.client.request(method, params, options);
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'E_CLOSED') throw error;
        // The port closes a moment before the exit and its reason are known.
        for (let waited = 0; mine.endedBecause === null && waited < 1_000; waited += 10) await sleep(10);
        throw new Fault('E_CRASH', { why: mine.endedBecause ?? 'no reason given' }, error);
      }
    },
    configure(next) {
      limits = next;
      // A process that dies here is configured when it starts again.
      running?.then(({ client }) => client.request('engine.configure', next)).catch(() => {});
    },
    kill(reason) {
      killReason = reason;
      running?.then(({ process }) => process.kill()).catch(() => {});
    },
    onRestart(listener) {
      restartListeners.add(listener);
      return () => restartListeners.delete(listener);
    },
    onStarted(listener) {
      startedListeners.add(listener);
      return () => startedListeners.delete(listener);
    },
    onPublished(listener) {
      publishedListeners.add(listener);
      return () => publishedListeners.delete(listener);
    },
    async close() {
      closed = true;
      const mine = await running?.catch(() => null);
      mine?.client.close();
      mine?.process.kill();
    },
  };
}
