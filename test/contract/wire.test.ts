/** Frames: whatever goes in comes out, and nothing that is no frame gets through. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../preload/faults.ts';
import { decodeFrame, encodeFrame, MAX_FRAME_BYTES } from '../../preload/frame.ts';
import { envelope, parseEnvelope } from '../../preload/wire.ts';

const { message: anyMessage } = fc.letrec<{ value: unknown; message: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.constantFrom(null, true, false),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('message'),
  ),
  message: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'at', '0')), tie('value'), {
    noNullPrototype: true,
    maxKeys: 4,
  }),
}));

function binary(head: unknown, tail: readonly number[] = [], headBytes?: number): Uint8Array {
  const text = new TextEncoder().encode(typeof head === 'string' ? head : JSON.stringify(head));
  const frame = new Uint8Array(4 + text.length + tail.length);
  new DataView(frame.buffer).setUint32(0, headBytes ?? text.length, true);
  frame.set(text, 4);
  frame.set(tail, 4 + text.length);
  return frame;
}

describe('frames', () => {
  it('bring back every message', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decodeFrame(encodeFrame(message))).toEqual(message);
      }),
      { numRuns: 1000 },
    );
  });

  it('are read from anywhere inside a buffer', () => {
    const frame = encodeFrame({ picture: new Uint8Array([1, 2]) });
    if (typeof frame === 'string') throw new Error('expected bytes');
    const around = new Uint8Array(frame.length + 7);
    around.set(frame, 3);
    expect(decodeFrame(around.subarray(3, 3 + frame.length))).toEqual({ picture: new Uint8Array([1, 2]) });
  });

  it('are text where there are no bytes, even if the message looks like a head', () => {
    const message = { message: { bytes: null }, attachments: [{ at: ['bytes'], bytes: 4 }] };
    expect(encodeFrame(message)).toBe(JSON.stringify(message));
    expect(decodeFrame(JSON.stringify(message))).toEqual(message);
  });

  const at = (place: unknown[], bytes = 1) => ({
    message: { a: null, b: { c: 1 } },
    attachments: [{ at: place, bytes }],
  });
  it.each<[string, string | Uint8Array]>([
    ['no JSON', '{'],
    ['an empty text', ''],
    ['no bytes', new Uint8Array(0)],
    ['a cut length', new Uint8Array([1, 0, 0])],
    ['a length beyond the frame', binary(at(['a']), [1], 5_000)],
    ['the largest length', binary(at(['a']), [1], 0xffffffff)],
    ['a head that is no JSON', binary('nonsense')],
    ['a head that is none', binary([])],
    ['no attachments', binary({ message: {}, attachments: [] })],
    ['too many attachments', binary({ message: {}, attachments: Array(1025).fill({ at: ['a'], bytes: 0 }) })],
    ['a negative length', binary(at(['a'], -1), [1])],
    ['half a byte', binary(at(['a'], 0.5), [1])],
    ['an attachment beyond the frame', binary(at(['a'], 2), [1])],
    ['bytes left over', binary(at(['a'], 1), [1, 2])],
    ['a place that is not there', binary(at(['x']), [1])],
    ['a place that is taken', binary(at(['b', 'c']), [1])],
    ['a place inside a number', binary(at(['b', 'c', 'd']), [1])],
    ['a place inside null', binary(at(['a', 'b']), [1])],
    ['no place', binary(at([]), [1])],
    ['a prototype', binary(at(['__proto__']), [1])],
    ['a place inside a prototype', binary(at(['constructor', 'prototype', 'x']), [1])],
    ['a place too deep', binary(at(Array(33).fill('a')), [1])],
  ])('refuse %s', (_name, frame) => {
    let thrown: unknown;
    try {
      decodeFrame(frame);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Fault);
    expect((thrown as Fault).code).toBe('E_REQUEST');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('refuse random bytes without another error than E_REQUEST', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeFrame(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuse what is too large or too deep before it is copied', () => {
    // Never written to, so the system gives it no memory.
    const huge = new Uint8Array(MAX_FRAME_BYTES);
    expect(() => encodeFrame({ huge })).toThrow(/E_REQUEST.*over the limit/);
    expect(() => decodeFrame(new Uint8Array(MAX_FRAME_BYTES + 1))).toThrow(/E_REQUEST.*over the limit/);
    let deep: unknown = 1;
    for (let depth = 0; depth < 40; depth++) deep = [deep];
    expect(() => encodeFrame({ deep })).toThrow(/E_REQUEST.*nested deeper/);
  });
});

describe('envelopes', () => {
  it('bring an unreadable fault as a fault: its request must not wait for ever', () => {
    const message = { ...envelope({ kind: 'cancel', id: 7 }), kind: 'fault', fault: { code: 5 } };
    expect(parseEnvelope(message)).toMatchObject({ kind: 'fault', id: 7, fault: { code: 'E_INTERNAL' } });
  });
});
