/** Owns what passes between the engine and its threads. Faults travel as records: a cloned Error would lose its code. */
import type {
  EngineContract,
  FaultRecord,
  ImageJob,
  ImageOutcome,
  Params,
  Picture,
  Probed,
} from '../preload/contract.ts';

export type Work =
  | { readonly kind: 'process'; readonly job: ImageJob }
  | { readonly kind: 'probe'; readonly request: Params<EngineContract, 'image.probe'> }
  | { readonly kind: 'thumbnail'; readonly request: Params<EngineContract, 'image.thumbnail'> }
  | { readonly kind: 'preview'; readonly request: Params<EngineContract, 'image.preview'> };

export interface Answers {
  readonly process: ImageOutcome;
  readonly probe: { probes: Probed[] };
  readonly thumbnail: Picture;
  readonly preview: Picture;
}

/** What a thread tells before its task has ended. */
export interface Published {
  readonly batchId: string;
  readonly jobId: string;
  readonly planned: string;
  readonly output: string;
}

export interface Task {
  readonly work: Work;
  readonly cancelWord: Int32Array;
}

export type TaskAnswer =
  | { readonly ok: true; readonly value: Answers[keyof Answers] }
  | { readonly ok: false; readonly fault: FaultRecord };
