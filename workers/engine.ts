/**
 * Owns the engine's half of the contract: answers a host's requests with the pool and keeps the memory account.
 * Holds nothing that matters: it may be killed at any moment, and knows neither batches nor who asks.
 */
import { readFile } from 'node:fs/promises';
import { engineContract, type ImageJob, type ImageOutcome } from '../preload/contract.ts';
import { Fault } from '../preload/faults.ts';
import type { Port } from '../preload/port.ts';
import { serveContract } from '../preload/server.ts';
import { codecVersions } from './codecs/versions.ts';
import { INFOS } from './filters/catalogue.ts';
import { simdSupported } from './kernels/load.ts';
import { jobBytes } from './pipeline/estimate.ts';
import { createMemoryAccount } from './pipeline/memory.ts';
import { createPool } from './pool.ts';

const MEMORY_EVERY_MS = 250;
/** A batch may be over before the first tick: its end tells too, but thousands of small photos need not pay for it. */
const MEMORY_AT_MOST_EVERY_MS = 100;
/** Until the host says otherwise, which it does with its first request. */
const INITIAL_WORKERS = 1;
const INITIAL_BUDGET_BYTES = 2 ** 30;

export function startEngine(port: Port, threadFile: string): void {
  const pool = createPool(threadFile, INITIAL_WORKERS, (published) => server.emit('image.published', published));
  const memory = createMemoryAccount(INITIAL_BUDGET_BYTES);
  const cancels = new Map<string, AbortController>();

  const server = serveContract(engineContract, port, {
    'engine.configure'({ workers, memoryBytes }) {
      pool.resize(workers);
      memory.setBudget(memoryBytes);
      return {};
    },
    'engine.filters': () => ({ filters: [...INFOS] }),
    'engine.codecs': () => ({ ...codecVersions(), simd: simdSupported() }),
    'image.probe': (request, { signal }) => pool.run(signal, { kind: 'probe', request }),
    'image.process': (job) => processImage(job),
    'image.cancel'({ jobIds }) {
      for (const jobId of jobIds) cancels.get(jobId)?.abort(new Fault('E_CANCELLED'));
      return {};
    },
    'image.thumbnail': (request, { signal }) => pool.run(signal, { kind: 'thumbnail', request }),
    'image.preview': (request, { signal }) => pool.run(signal, { kind: 'preview', request }),
  });

  async function processImage(job: ImageJob): Promise<ImageOutcome> {
    const controller = new AbortController();
    cancels.set(job.jobId, controller);
    try {
      const reservation = await memory.reserve(controller.signal, jobBytes(job));
      try {
        const { batchId, jobId } = job;
        const tell = () => server.emit('image.started', { batchId, jobId });
        return await pool.run(controller.signal, { kind: 'process', job }, tell);
      } finally {
        // Before the release and the answer: this is where the job held most.
        if (performance.now() - toldAt > MEMORY_AT_MOST_EVERY_MS) await tellMemory();
        reservation.release();
      }
    } finally {
      cancels.delete(job.jobId);
    }
  }

  let toldAt = Number.NEGATIVE_INFINITY;
  async function tellMemory(): Promise<void> {
    toldAt = performance.now();
    server.emit('engine.memory', await readMemory());
  }
  const timer = setInterval(tellMemory, MEMORY_EVERY_MS);
  // A host that is gone needs no engine; what was in work is its ledger's to remember.
  port.onClose(() => {
    clearInterval(timer);
    process.exit(0);
  });
}

/**
 * Private memory: what would come free if the engine ended. RSS counts mapped file pages as well, which the kernel
 * takes back when it likes. Linux tells the two apart in smaps_rollup; elsewhere RSS is the nearest figure.
 */
async function readMemory(): Promise<{ privateBytes: number; rssBytes: number }> {
  const rssBytes = process.memoryUsage.rss();
  if (process.platform !== 'linux') return { privateBytes: rssBytes, rssBytes };
  const text = await readFile('/proc/self/smaps_rollup', 'utf8').catch(() => '');
  const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map((line) => Number(line[1]));
  const privateBytes = kilobytes.reduce((sum, kb) => sum + kb * 1024, 0);
  return { privateBytes: privateBytes || rssBytes, rssBytes };
}
