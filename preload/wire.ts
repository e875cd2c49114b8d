/**
 * Owns the envelope around every message. Refuses to know which requests exist (params, results and payloads are
 * opaque here) and how a message travels.
 */
import { z } from 'zod';
import { faultSchema } from './contract.ts';

const VERSION = 1;
const head = { v: z.literal(VERSION) };
const requestId = z.number().int().nonnegative();
const name = z.string().min(1).max(64);
/** A fault nobody can read is still the answer: dropped as malformed, it would leave its request waiting for ever. */
const anyFault = faultSchema.catch({ code: 'E_INTERNAL', detail: { why: 'an unreadable fault' } });

const envelopeSchema = z.discriminatedUnion('kind', [
  z.object({ ...head, kind: z.literal('request'), id: requestId, method: name, params: z.unknown() }),
  z.object({ ...head, kind: z.literal('result'), id: requestId, result: z.unknown() }),
  z.object({ ...head, kind: z.literal('fault'), id: requestId, fault: anyFault }),
  z.object({ ...head, kind: z.literal('cancel'), id: requestId }),
  z.object({ ...head, kind: z.literal('event'), event: name, payload: z.unknown() }),
]);
export type Envelope = z.infer<typeof envelopeSchema>;
type Unversioned<E> = E extends Envelope ? Omit<E, 'v'> : never;

export function envelope(message: Unversioned<Envelope>): Envelope {
  return { v: VERSION, ...message } as Envelope;
}

/** null for whatever is no envelope of this version: both ends drop it, since there is nobody to answer. */
export function parseEnvelope(message: unknown): Envelope | null {
  const parsed = envelopeSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** What a schema found, in words with its place: `chain.0.filter: Invalid input: expected string`. */
export function tellIssues(error: z.ZodError): string {
  const [first, ...others] = error.issues;
  if (first === undefined) return error.message;
  const place = first.path.length === 0 ? '' : `${first.path.map(String).join('.')}: `;
  return `${place}${first.message}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}
