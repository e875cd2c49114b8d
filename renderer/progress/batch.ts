/** Owns what is known of the one batch the window shows, from the click to its summary. Pure. */
import type { AppContract, FaultRecord, Payload, Progress, Summary } from '../../preload/contract.ts';

export type Batch =
  | { readonly kind: 'idle' }
  /** Asked for; the host has not named it yet. Its events may come before its name does. */
  | { readonly kind: 'starting'; readonly id: null; readonly folder: string }
  | {
      readonly kind: 'running';
      readonly id: string;
      readonly folder: string;
      readonly total: number;
      readonly pixels: number;
      readonly progress: Progress | null;
      readonly cancelling: boolean;
    }
  | {
      readonly kind: 'finished';
      readonly id: string;
      readonly folder: string;
      readonly total: number;
      readonly summary: Summary | null;
      readonly fault: FaultRecord | null;
    };

export const IDLE: Batch = { kind: 'idle' };

type BatchEventName = Extract<keyof AppContract['events'], `batch.${string}`>;
type BatchEvent = {
  [E in BatchEventName]: { readonly kind: E; readonly payload: Payload<AppContract, E> };
}[BatchEventName];

export type BatchAct =
  | { readonly kind: 'batch-starting'; readonly folder: string }
  | { readonly kind: 'batch-started'; readonly batchId: string }
  | { readonly kind: 'batch-refused'; readonly fault: FaultRecord }
  | { readonly kind: 'batch-cancelling' }
  | { readonly kind: 'batch-closed' };

export function reduceBatch(batch: Batch, act: BatchAct | BatchEvent): Batch {
  switch (act.kind) {
    case 'batch-starting':
      return { kind: 'starting', id: null, folder: act.folder };
    case 'batch-started':
      return batch.kind === 'starting' ? begin(batch, act.batchId) : batch;
    case 'batch-refused':
    case 'batch-closed':
      return IDLE;
    case 'batch-cancelling':
      return batch.kind === 'running' ? { ...batch, cancelling: true } : batch;
    default:
      return reduceEvent(batch, act);
  }
}

function reduceEvent(batch: Batch, event: BatchEvent): Batch {
  if (batch.kind === 'starting') return reduceEvent(begin(batch, event.payload.batchId), event);
  if (batch.kind === 'idle' || batch.id !== event.payload.batchId) return batch;
  switch (event.kind) {
    case 'batch.planned':
      return batch.kind === 'running' ? { ...batch, total: event.payload.files, pixels: event.payload.pixels } : batch;
    case 'batch.files':
      return batch;
    case 'batch.progress':
      return batch.kind === 'running' ? { ...batch, total: event.payload.total, progress: event.payload } : batch;
    case 'batch.summary':
      return finish(batch, { summary: event.payload });
    case 'batch.failed':
      return finish(batch, { fault: event.payload.fault });
  }
}

function begin(batch: Extract<Batch, { kind: 'starting' }>, id: string): Extract<Batch, { kind: 'running' }> {
  return { kind: 'running', id, folder: batch.folder, total: 0, pixels: 0, progress: null, cancelling: false };
}

/** A batch that failed as a whole still gets its summary: the two come in either order. */
function finish(
  batch: Extract<Batch, { kind: 'running' | 'finished' }>,
  end: { summary?: Summary; fault?: FaultRecord },
): Batch {
  const before = batch.kind === 'finished' ? batch : { summary: null, fault: null };
  return {
    kind: 'finished',
    id: batch.id,
    folder: batch.folder,
    total: batch.total,
    summary: end.summary ?? before.summary,
    fault: end.fault ?? before.fault,
  };
}

export function isBusy(batch: Batch): boolean {
  return batch.kind === 'starting' || batch.kind === 'running';
}
