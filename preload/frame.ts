/**
 * Owns the form of a message on transports that carry only text and bytes (WebSocket). Refuses to know what the
 * message says.
 */
import { z } from 'zod';
import { Fault } from './faults.ts';
import { tellIssues } from './wire.ts';

/** Above the largest picture a preview may be: 8192 x 8192 pixels as an incompressible 8-bit RGB PNG are 201 MB. */
export const MAX_FRAME_BYTES = 256 * 2 ** 20;
const MAX_ATTACHMENTS = 1024;
/** How deep a message may be nested; the contract's deepest is 7. It also ends the search in a value with a ring. */
const MAX_DEPTH = 32;
const PREFIX_BYTES = 4;

type Place = readonly (string | number)[];
const placesSchema = z.array(
  z.object({
    at: z
      .array(z.union([z.string(), z.number().int().nonnegative()]))
      .min(1)
      .max(MAX_DEPTH),
    bytes: z.number().int().nonnegative(),
  }),
);
const frameHeadSchema = z.object({ message: z.unknown(), attachments: placesSchema.min(1).max(MAX_ATTACHMENTS) });

/**
 * A message without bytes is plain JSON text. One with bytes is a binary frame: the head's length (uint32, little
 * endian), the head as JSON `{message, attachments: [{at, bytes}]}`, then the attachments one after the other. The
 * head names the places of the attachments: a marker inside the message could be forged by somebody's file name.
 */
export function encodeFrame(message: unknown): string | Uint8Array<ArrayBuffer> {
  const found: { at: Place; data: Uint8Array }[] = [];
  findBytes(message, [], found);
  if (found.length === 0) {
    const text = JSON.stringify(message);
    // UTF-16 units are at most the UTF-8 bytes, so a text let through here can still be refused by the other end.
    checkSize(text.length);
    return text;
  }
  const attachments = found.map(({ at, data }) => ({ at, bytes: data.byteLength }));
  const headBytes = new TextEncoder().encode(JSON.stringify({ message: withoutBytes(message), attachments }));
  const total = found.reduce((sum, { data }) => sum + data.byteLength, PREFIX_BYTES + headBytes.byteLength);
  checkSize(total);
  const frame = new Uint8Array(total);
  new DataView(frame.buffer).setUint32(0, headBytes.byteLength, true);
  frame.set(headBytes, PREFIX_BYTES);
  let offset = PREFIX_BYTES + headBytes.byteLength;
  for (const { data } of found) {
    frame.set(data, offset);
    offset += data.byteLength;
  }
  return frame;
}

/** Throws E_REQUEST for frames that are none. Attachments are views into the frame: no second copy of a picture. */
export function decodeFrame(frame: string | Uint8Array): unknown {
  if (typeof frame === 'string') {
    checkSize(frame.length);
    return parseJson(frame);
  }
  checkSize(frame.byteLength);
  if (frame.byteLength < PREFIX_BYTES) throw malformed('the frame is too short');
  const headBytes = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
  let offset = PREFIX_BYTES + headBytes;
  if (offset > frame.byteLength) throw malformed('the frame is shorter than its head');
  const parsed = frameHeadSchema.safeParse(parseJson(new TextDecoder().decode(frame.subarray(PREFIX_BYTES, offset))));
  if (!parsed.success) throw malformed(tellIssues(parsed.error));
  const { message, attachments } = parsed.data;
  for (const { at, bytes } of attachments) {
    if (offset + bytes > frame.byteLength) throw malformed('an attachment ends beyond its frame');
    putBytes(message, at, frame.subarray(offset, offset + bytes));
    offset += bytes;
  }
  if (offset !== frame.byteLength) throw malformed('the frame is longer than its attachments');
  return message;
}

function findBytes(value: unknown, at: Place, found: { at: Place; data: Uint8Array }[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (at.length > MAX_DEPTH) throw malformed(`the message is nested deeper than ${MAX_DEPTH}`);
  if (value instanceof Uint8Array) found.push({ at, data: value });
  else if (Array.isArray(value)) value.forEach((item, index) => void findBytes(item, [...at, index], found));
  else for (const [key, item] of Object.entries(value)) findBytes(item, [...at, key], found);
}

/** A copy with null in the place of bytes. (A replacer would come too late: a Buffer's toJSON is called before it.) */
function withoutBytes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return null;
  if (Array.isArray(value)) return value.map(withoutBytes);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBytes(item)]));
}

/** Only own properties are walked and only a null is replaced: `__proto__` and the like lead nowhere. */
function putBytes(message: unknown, at: Place, data: Uint8Array): void {
  let holder = message;
  for (const key of at.slice(0, -1)) holder = ownValue(holder, key);
  const last = at.at(-1);
  if (last === undefined || ownValue(holder, last) !== null) throw malformed('an attachment has no place');
  (holder as Record<string | number, unknown>)[last] = data;
}

function ownValue(holder: unknown, key: string | number): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key))
    throw malformed('an attachment has no place');
  return (holder as Record<string | number, unknown>)[key];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault('E_REQUEST', { why: 'the frame is no JSON' }, error);
  }
}

function checkSize(size: number): void {
  if (size > MAX_FRAME_BYTES) throw malformed(`a frame of ${size} bytes is over the limit of ${MAX_FRAME_BYTES}`);
}

function malformed(why: string): Fault {
  return new Fault('E_REQUEST', { why });
}
