/** Owns the asking end of a contract: requests out, replies and events in. Refuses to know transports. */
import type { Contract, EventName, Method, Params, Payload, Result } from './contract.ts';
import { Fault, fromRecord } from './faults.ts';
import type { Port } from './port.ts';
import { type Envelope, envelope, parseEnvelope, tellIssues } from './wire.ts';

export interface Client<C extends Contract> {
  /**
   * Rejects with a Fault: the server's; E_CANCELLED as soon as `signal` aborts (the server is told); E_CLOSED when the
   * port closes first.
   */
  request<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Result<C, M>>;
  /** Returns what takes the listener away again. */
  on<E extends EventName<C>>(event: E, listener: (payload: Payload<C, E>) => void): () => void;
  onClose(listener: () => void): () => void;
  close(): void;
}

interface Pending {
  readonly method: string;
  settle(outcome: { readonly result: unknown } | { readonly fault: Fault }): void;
}

/**
 * Results and events are checked like params. Measured on Node 24: 0.5-3 ms for a batch of 1000 files, less than the
 * structured clone that brought it, and it is the host's shield against an engine that decodes hostile files.
 * `onMalformed` hears why a message was dropped.
 */
export function createClient<C extends Contract>(
  contract: C,
  port: Port,
  onMalformed: (why: string) => void = () => {},
): Client<C> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const closeListeners = new Set<() => void>();
  let nextId = 0;
  let closed = false;

  function settle(id: number, outcome: Parameters<Pending['settle']>[0]): void {
    // Unknown ids are answers to what was cancelled meanwhile.
    const waiting = pending.get(id);
    pending.delete(id);
    waiting?.settle(outcome);
  }

  function takeResult(id: number, result: unknown): void {
    const method = pending.get(id)?.method;
    if (method === undefined) return;
    const parsed = contract.requests[method]?.result.safeParse(result);
    if (parsed?.success) settle(id, { result: parsed.data });
    else {
      const why = `the answer to ${method} was not understood: ${parsed ? tellIssues(parsed.error) : ''}`;
      settle(id, { fault: new Fault('E_INTERNAL', { why }) });
    }
  }

  function takeEvent(event: string, payload: unknown): void {
    const schema = Object.hasOwn(contract.events, event) ? contract.events[event] : undefined;
    const parsed = schema?.safeParse(payload);
    if (parsed?.success) for (const listener of [...(listeners.get(event) ?? [])]) listener(parsed.data);
    else onMalformed(`event ${event}: ${parsed ? tellIssues(parsed.error) : 'not in the contract'}`);
  }

  function take(message: Envelope | null): void {
    if (message?.kind === 'result') takeResult(message.id, message.result);
    else if (message?.kind === 'fault') settle(message.id, { fault: fromRecord(message.fault) });
    else if (message?.kind === 'event') takeEvent(message.event, message.payload);
    else onMalformed(message === null ? 'no envelope' : `a ${message.kind} from the server's end`);
  }

  port.onMessage((message) => {
    if (!closed) take(parseEnvelope(message));
  });
  port.onClose(end);

  function end(): void {
    if (closed) return;
    closed = true;
    for (const id of [...pending.keys()]) settle(id, { fault: new Fault('E_CLOSED') });
    listeners.clear();
    for (const listener of [...closeListeners]) listener();
    closeListeners.clear();
  }

  return {
    request(method, params, { signal } = {}) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new Fault('E_CANCELLED', {}, signal.reason));
        if (closed) return reject(new Fault('E_CLOSED'));
        const id = nextId++;
        const cancel = () => {
          settle(id, { fault: new Fault('E_CANCELLED', {}, signal?.reason) });
          port.post(envelope({ kind: 'cancel', id }));
        };
        pending.set(id, {
          method,
          settle(outcome) {
            signal?.removeEventListener('abort', cancel);
            if ('fault' in outcome) reject(outcome.fault);
            else resolve(outcome.result as Result<C, typeof method>);
          },
        });
        signal?.addEventListener('abort', cancel, { once: true });
        try {
          port.post(envelope({ kind: 'request', id, method, params }));
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          settle(id, { fault: error instanceof Fault ? error : new Fault('E_REQUEST', { why }, error) });
        }
      });
    },
    on(event, listener) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known);
      // A wrapper of its own, so that the same function given twice is called twice and taken away once.
      const wrapper = (payload: unknown) => listener(payload as Payload<C, typeof event>);
      known.add(wrapper);
      return () => known.delete(wrapper);
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
