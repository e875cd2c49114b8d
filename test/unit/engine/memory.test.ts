import { expect, test } from 'vitest';
import { createMemoryAccount } from '../../../workers/pipeline/memory.ts';

const never = new AbortController().signal;

/** Resolves to true when the promise has settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const waiting = Symbol('waiting');
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(() => resolve(waiting)))])) !== waiting;
}

test('jobs start while they fit and wait when they do not', async () => {
  const account = createMemoryAccount(100);
  const first = await account.reserve(never, 60);
  const second = account.reserve(never, 50);
  expect(await settled(second)).toBe(false);
  expect(account.reservedBytes).toBe(60);
  first.release();
  (await second).release();
  expect(account.reservedBytes).toBe(0);
});

test('a job larger than the budget runs alone', async () => {
  const account = createMemoryAccount(100);
  const giant = await account.reserve(never, 500);
  const small = account.reserve(never, 1);
  expect(await settled(small)).toBe(false);
  giant.release();
  await small;
});

test('small jobs do not overtake a large one for ever', async () => {
  const account = createMemoryAccount(100);
  const first = await account.reserve(never, 50);
  const large = account.reserve(never, 90);
  const small = account.reserve(never, 10);
  expect(await settled(small)).toBe(false);
  first.release();
  expect(await settled(large)).toBe(true);
  expect(await settled(small)).toBe(true);
});

test('a waiting job that is cancelled leaves its place, and what stood behind it starts', async () => {
  const account = createMemoryAccount(100);
  await account.reserve(never, 50);
  const controller = new AbortController();
  const large = account.reserve(controller.signal, 90);
  const small = account.reserve(never, 10);
  controller.abort(new Error('enough'));
  await expect(large).rejects.toThrow('enough');
  await small;
  expect(account.reservedBytes).toBe(60);
});

test('a release counts once', async () => {
  const account = createMemoryAccount(100);
  const one = await account.reserve(never, 40);
  await account.reserve(never, 40);
  one.release();
  one.release();
  expect(account.reservedBytes).toBe(40);
});

test('a larger budget lets the waiting ones in', async () => {
  const account = createMemoryAccount(100);
  await account.reserve(never, 80);
  const waiting = account.reserve(never, 80);
  account.setBudget(160);
  await waiting;
});
