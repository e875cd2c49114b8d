import { expect, test } from 'vitest';
import { createProgressMeter } from '../../../main/progress.ts';

test('progress weighs pixels and not files', () => {
  const meter = createProgressMeter(2, 100e6, 0);
  meter.fileEnded(90e6, 1000);
  expect(meter.read(1000)).toMatchObject({ done: 1, total: 2, fraction: 0.9 });
});

test('it is whole only when every file has ended', () => {
  const meter = createProgressMeter(3, 10e6, 0);
  meter.fileEnded(10e6, 1000);
  meter.fileEnded(0, 1100);
  expect(meter.read(1200).fraction).toBeLessThan(1);
  meter.fileEnded(0, 1300);
  expect(meter.read(1300).fraction).toBe(1);
});

test('there is no time left before something was measured', () => {
  const meter = createProgressMeter(100, 100e6, 0);
  expect(meter.read(500).secondsLeft).toBeNull();
  meter.fileEnded(1e6, 600);
  expect(meter.read(5000).secondsLeft).toBeNull();
});

test('at an even speed the range holds the truth and is narrow', () => {
  const meter = createProgressMeter(100, 1000e6, 0);
  for (let n = 1; n <= 50; n++) meter.fileEnded(10e6, n * 100);
  const left = meter.read(5000).secondsLeft;
  expect(left?.low).toBeLessThanOrEqual(5);
  expect(left?.high).toBeGreaterThanOrEqual(5);
  expect((left?.high ?? 0) - (left?.low ?? 0)).toBeLessThan(2);
});

test('when it slows down the range opens towards the slower speed', () => {
  const meter = createProgressMeter(1000, 1000e6, 0);
  for (let n = 1; n <= 500; n++) meter.fileEnded(1e6, n * 20);
  for (let n = 1; n <= 20; n++) meter.fileEnded(1e6, 10_000 + n * 1000);
  const left = meter.read(30_000).secondsLeft;
  expect(left?.high).toBeGreaterThan(400);
  expect(left?.low).toBeLessThan(100);
});

test('a batch with nothing to compute counts files', () => {
  const meter = createProgressMeter(4, 0, 0);
  meter.fileEnded(0, 10);
  expect(meter.read(10).fraction).toBe(0.25);
});

test('results of a file count as they come, and the file only once', () => {
  const meter = createProgressMeter(2, 80e6, 0);
  meter.resultEnded(10e6, 500);
  meter.resultEnded(10e6, 1000);
  expect(meter.read(1000)).toMatchObject({ done: 0, fraction: 0.25 });
  meter.fileEnded(20e6, 1500);
  expect(meter.read(1500)).toMatchObject({ done: 1, fraction: 0.5 });
});
