/**
 * Owns the answering end of a contract: checks every request against its schema, runs its handler, sends back its
 * result or its fault. Refuses to know transports and what the handlers do. Nothing the other end sends can throw here.
 */
import type { Contract, EventName, Method, Params, Payload, Result } from './contract.ts';
import { asFault, Fault, toRecord } from './faults.ts';
import type { Port } from './port.ts';
import { envelope, parseEnvelope, tellIssues } from './wire.ts';

export interface RequestContext {
  /** Aborts when the asker cancels or its port closes. */
  readonly signal: AbortSignal;
}

export type Handlers<C extends Contract> = {
  readonly [M in Method<C>]: (params: Params<C, M>, context: RequestContext) => Result<C, M> | Promise<Result<C, M>>;
};

export interface Server<C extends Contract> {
  emit<E extends EventName<C>>(event: E, payload: Payload<C, E>): void;
  onClose(listener: () => void): () => void;
  close(): void;
}

/** `onMalformed` hears why a message was dropped: one that is no envelope has nobody to be answered. */
export function serveContract<C extends Contract>(
  contract: C,
  port: Port,
  handlers: Handlers<C>,
  onMalformed: (why: string) => void = () => {},
): Server<C> {
  const running = new Map<number, AbortController>();
  const closeListeners = new Set<() => void>();
  let closed = false;

  async function answer(id: number, method: string, params: unknown, signal: AbortSignal): Promise<void> {
    try {
      const schemas = Object.hasOwn(contract.requests, method) ? contract.requests[method] : undefined;
      if (schemas === undefined) throw new Fault('E_REQUEST', { why: `there is no ${method}` });
      const parsed = schemas.params.safeParse(params);
      if (!parsed.success) throw new Fault('E_REQUEST', { why: `${method}: ${tellIssues(parsed.error)}` });
      // The schema above is this method's own; the types cannot follow a name that came over the wire.
      const handle = handlers[method as Method<C>] as (params: unknown, context: RequestContext) => unknown;
      const result = await handle(parsed.data, { signal });
      if (!closed) port.post(envelope({ kind: 'result', id, result }));
    } catch (error) {
      if (closed) return;
      // The record has the error's own words and never its stack: that stays in the process where it happened.
      const fault = signal.aborted ? new Fault('E_CANCELLED') : asFault(error);
      port.post(envelope({ kind: 'fault', id, fault: toRecord(fault) }));
    }
  }

  function start(id: number, method: string, params: unknown): void {
    // A second request under a number in use could not be told from the first: neither its answer nor its cancel.
    if (running.has(id)) {
      onMalformed(`request ${id} is running already`);
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    answer(id, method, params, controller.signal).finally(() => running.delete(id));
  }

  port.onMessage((raw) => {
    if (closed) return;
    const message = parseEnvelope(raw);
    if (message?.kind === 'request') start(message.id, message.method, message.params);
    else if (message?.kind === 'cancel') running.get(message.id)?.abort();
    else onMalformed(message === null ? 'no envelope' : `a ${message.kind} from the client's end`);
  });
  port.onClose(end);

  function end(): void {
    if (closed) return;
    closed = true;
    for (const controller of running.values()) controller.abort();
    running.clear();
    for (const listener of [...closeListeners]) listener();
    closeListeners.clear();
  }

  return {
    emit(event, payload) {
      if (!closed) port.post(envelope({ kind: 'event', event, payload }));
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    close() {
      end();
      port.close();
    },
  };
}
