import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { cancel, createCancelWord, watchCancelWord, whenTaken } from '../../../workers/cancel.ts';

test('check throws E_CANCELLED only after the cancel', () => {
  const word = createCancelWord();
  const cancellation = watchCancelWord(word);
  cancellation.check();
  cancel(word);
  expect(() => cancellation.check()).toThrow('E_CANCELLED');
  cancellation.dispose();
});

test('what awaits hears of it by the signal', async () => {
  const word = createCancelWord();
  const { signal } = watchCancelWord(word);
  const aborted = once(signal, 'abort');
  cancel(word);
  await aborted;
  expect(signal.reason).toMatchObject({ code: 'E_CANCELLED' });
});

test('after the end a late cancel changes nothing', async () => {
  const word = createCancelWord();
  const cancellation = watchCancelWord(word);
  cancellation.dispose();
  cancel(word);
  await new Promise((resolve) => setImmediate(resolve));
  cancellation.check();
  expect(cancellation.signal.aborted).toBe(false);
});

test('it reaches a thread that computes without ever reading a message', async () => {
  const word = createCancelWord();
  const file = new URL('../../../workers/cancel.ts', import.meta.url).href;
  const code = `
    import('${file}').then(({ watchCancelWord }) => {
      const { parentPort, workerData } = require('node:worker_threads');
      const cancellation = watchCancelWord(workerData);
      parentPort.postMessage('computing');
      for (;;) try { cancellation.check(); } catch { break; }
      parentPort.postMessage('stopped');
    });`;
  const worker = new Worker(code, { eval: true, workerData: word });
  expect((await once(worker, 'message'))[0]).toBe('computing');
  cancel(word);
  expect((await once(worker, 'message'))[0]).toBe('stopped');
  await worker.terminate();
});

test('a task counts as taken when a thread has it, and not before', async () => {
  const word = createCancelWord();
  let taken = false;
  const waiting = whenTaken(word).then(() => {
    taken = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(taken).toBe(false);
  watchCancelWord(word).dispose();
  await waiting;
  await whenTaken(word);
  expect(taken).toBe(true);
});
