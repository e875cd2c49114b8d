/** A worker thread's way in: takes one task at a time from Piscina. Owns this thread's kernels and nothing else. */
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { Probed } from '../preload/contract.ts';
import { asFault, toRecord } from '../preload/faults.ts';
import { type Cancellation, watchCancelWord } from './cancel.ts';
import { thumbnail } from './codecs/pictures.ts';
import { probe } from './codecs/probe.ts';
import { loadKernels } from './kernels/load.ts';
import { runImage } from './pipeline/run-image.ts';
import { runPreview } from './pipeline/run-preview.ts';
import type { Answers, Published, Task, TaskAnswer, Work } from './task.ts';

const kernels = loadKernels(readFileSync(new URL('./kernels.wasm', import.meta.url)));

export async function runTask({ work, cancelWord }: Task): Promise<TaskAnswer> {
  const cancellation = watchCancelWord(cancelWord);
  try {
    cancellation.check();
    return { ok: true, value: await perform(cancellation, work) };
  } catch (error) {
    return { ok: false, fault: toRecord(asFault(error)) };
  } finally {
    cancellation.dispose();
  }
}

function perform(cancellation: Cancellation, work: Work): Promise<Answers[keyof Answers]> {
  switch (work.kind) {
    case 'process':
      return runImage(cancellation, kernels, work.job, tellPublished);
    case 'probe':
      return probeAll(cancellation, work.request);
    case 'thumbnail':
      return thumbnail(cancellation.signal, work.request.path, work.request.size, work.request.pixelLimit);
    case 'preview':
      return runPreview(cancellation, kernels, work.request);
  }
}

/** Piscina hands on what a thread says of its own accord as its `message` event. */
function tellPublished(published: Published): void {
  parentPort?.postMessage(published);
}

async function probeAll(
  cancellation: Cancellation,
  { paths, pixelLimit, tags }: Extract<Work, { kind: 'probe' }>['request'],
): Promise<Answers['probe']> {
  const probes: Probed[] = [];
  for (const path of paths) {
    cancellation.check();
    try {
      probes.push({ ok: true, ...(await probe(cancellation.signal, path, { pixelLimit, tags })) });
    } catch (error) {
      cancellation.check();
      probes.push({ ok: false, fault: toRecord(asFault(error)) });
    }
  }
  return { probes };
}
