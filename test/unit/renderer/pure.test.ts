/** The renderer's pure parts: scales, where a picture lies, which preview is asked for, thumbnails, drafts, numbers. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Settings, settingsSchema } from '../../../preload/contract.ts';
import { moveBy, toRows } from '../../../renderer/files/rows.ts';
import { createThumbnails } from '../../../renderer/files/thumbnails.ts';
import { formatBytes, formatClock, formatPercent, formatRange } from '../../../renderer/format.ts';
import { dragged, inSight, placeOf, pointAt, viewOf } from '../../../renderer/preview/geometry.ts';
import { createLatest } from '../../../renderer/preview/latest.ts';
import { countTones } from '../../../renderer/preview/tones.ts';
import { draftOf, parseDraft } from '../../../renderer/settings/draft.ts';
import { snap, toPosition, toValue } from '../../../renderer/ui/scale.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const LOG = { kind: 'log', min: 0.3, max: 100, step: 0.1 } as const;
const LINEAR = { kind: 'linear', min: 0, max: 5, step: 0.05 } as const;

test('a value put on a slider and read back is the same value, on both scales', () => {
  for (const scale of [LOG, LINEAR])
    fc.assert(
      fc.property(fc.double({ min: scale.min, max: scale.max, noNaN: true }), (any) => {
        const value = snap(scale, any);
        expect(toValue(scale, toPosition(scale, value))).toBe(value);
      }),
    );
  expect(toValue(LOG, 0)).toBe(0.3);
  expect(toValue(LOG, 1)).toBe(100);
  expect(snap(LINEAR, 0.1 + 0.2)).toBe(0.3);
  expect(snap(LINEAR, 99)).toBe(5);
});

const PANE = { width: 800, height: 600 };
const PHOTO = { width: 6000, height: 4000 };
const MIDDLE = { x: 0.5, y: 0.5 };

test('a fitted picture lies whole in the middle; a small one is not enlarged', () => {
  const place = placeOf('fit', PHOTO, PANE, 1, MIDDLE);
  expect(place.width).toBeCloseTo(800);
  expect(place.left).toBe(0);
  expect(place.top).toBeCloseTo((600 - place.height) / 2, 0);
  expect(placeOf('fit', { width: 20, height: 10 }, PANE, 1, MIDDLE)).toMatchObject({ width: 20, height: 10 });
});

test('at 1:1 only the pixels in sight are asked for, and never one outside the picture', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      unit,
      unit,
      fc.constantFrom(1 as const, 2 as const),
      fc.constantFrom(1, 1.5, 2),
      (x, y, zoom, ratio) => {
        const view = viewOf(zoom, PHOTO, PANE, ratio, { x, y });
        if (view?.kind !== 'region') throw new Error('a region was expected');
        expect(view.left + view.width).toBeLessThanOrEqual(PHOTO.width);
        expect(view.top + view.height).toBeLessThanOrEqual(PHOTO.height);
        // The pane's device pixels, at most one more for a pixel cut at the edge.
        expect(view.width).toBeLessThanOrEqual(Math.ceil((PANE.width * ratio) / zoom) + 1);
        const place = placeOf(zoom, PHOTO, PANE, ratio, { x, y });
        expect(inSight(place, PANE)).toMatchObject({ left: 0, top: 0, width: 800, height: 600 });
      },
    ),
  );
  expect(viewOf(1, null, PANE, 1, MIDDLE)).toBeNull();
  expect(viewOf('fit', null, { width: 0, height: 0 }, 1, MIDDLE)).toBeNull();
});

test('dragging moves the picture by what the pointer moved, until its edge', () => {
  const before = placeOf(1, PHOTO, PANE, 1, MIDDLE);
  const after = placeOf(1, PHOTO, PANE, 1, dragged(before, PANE, -40, 25));
  expect(after.left - before.left).toBeCloseTo(-40);
  expect(after.top - before.top).toBeCloseTo(25);
  expect(placeOf(1, PHOTO, PANE, 1, dragged(before, PANE, 99_999, 0)).left).toBeCloseTo(0);
  expect(pointAt(before, before.left + before.width / 4, before.top)).toEqual({ x: 0.25, y: 0 });
});

interface Wish {
  readonly photo: string;
  readonly value: number;
}

function latestOf() {
  const asked: { wish: Wish; signal: AbortSignal; answer: () => void }[] = [];
  const shown: number[] = [];
  const busy: boolean[] = [];
  const latest = createLatest<Wish, number>({
    key: (wish) => `${wish.photo}${wish.value}`,
    subject: (wish) => wish.photo,
    fetch: (wish, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        asked.push({ wish, signal, answer: () => resolve(wish.value) });
      }),
    done: (_, value) => shown.push(value),
    failed: () => shown.push(-1),
    busy: (is) => busy.push(is),
  });
  return { latest, asked, shown, busy };
}

test('of many wishes for one photo the first is shown, then the newest, none between', async () => {
  const { latest, asked, shown, busy } = latestOf();
  for (const value of [1, 2, 3, 4]) latest.want({ photo: 'a', value });
  expect(asked.map(({ wish }) => wish.value)).toEqual([1]);
  asked[0]?.answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.map(({ wish }) => wish.value)).toEqual([1, 4]);
  asked[1]?.answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual([1, 4]);
  expect(busy.at(-1)).toBe(false);
  latest.want({ photo: 'a', value: 4 });
  expect(asked).toHaveLength(2);
});

test('a slow request that was overtaken is cancelled after a while', async () => {
  const { latest, asked, shown } = latestOf();
  latest.want({ photo: 'a', value: 1 });
  latest.want({ photo: 'a', value: 2 });
  await vi.advanceTimersByTimeAsync(1300);
  expect(asked[0]?.signal.aborted).toBe(true);
  expect(asked[1]?.wish.value).toBe(2);
  expect(shown).toEqual([]);
});

test('another photo cancels at once, and photos flown past are not asked for', async () => {
  const { latest, asked } = latestOf();
  latest.want({ photo: 'a', value: 1 });
  latest.want({ photo: 'b', value: 1 });
  expect(asked[0]?.signal.aborted).toBe(true);
  latest.want({ photo: 'c', value: 1 });
  await vi.advanceTimersByTimeAsync(100);
  expect(asked.map(({ wish }) => wish.photo)).toEqual(['a', 'c']);
  latest.dispose();
  expect(asked[1]?.signal.aborted).toBe(true);
});

const picture = {
  bytes: new Uint8Array([1]),
  mime: 'image/jpeg',
  width: 1,
  height: 1,
  sourceWidth: 2,
  sourceHeight: 2,
};

test('thumbnails: few at once, newest first, dropped when nobody looks, addresses given back', async () => {
  const revoked = vi.spyOn(URL, 'revokeObjectURL');
  const thumbnails = createThumbnails(1, 2);
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const want = (key: string) =>
    thumbnails.want(
      key,
      () => {
        asked.push(key);
        return new Promise((resolve) => answers.push(() => resolve(picture)));
      },
      () => {},
    );
  want('a');
  const leave = want('b');
  want('c');
  want('d');
  leave();
  for (let turn = 0; turn < 3; turn += 1) {
    answers[turn]?.();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(asked).toEqual(['a', 'd', 'c']);
  expect(thumbnails.get('a')).toBeUndefined();
  expect(thumbnails.get('c')).toMatchObject({ sourceWidth: 2 });
  expect(revoked).toHaveBeenCalledTimes(1);
  thumbnails.clear();
  expect(revoked).toHaveBeenCalledTimes(3);
});

test('tones are counted by channel; only pure black and white are clipped', () => {
  const tones = countTones(new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 0, 255]));
  expect(tones.shadows).toBe(0.5);
  expect(tones.highlights).toBe(0.25);
  expect(tones.channels[0].at(-1)).toBe(2);
  expect(tones.channels[2].at(0)).toBe(3);
});

test('a heading stands wherever the folder changes', () => {
  const files = ['a.jpg', 'b/c.jpg', 'b/d.jpg'].map((relativePath, index) => ({
    index,
    relativePath,
    bytes: 1,
    skip: null,
  }));
  expect(toRows(files, [0, 1, 2])).toEqual([
    { kind: 'file', index: 0, position: 0 },
    { kind: 'folder', name: 'b' },
    { kind: 'file', index: 1, position: 1 },
    { kind: 'file', index: 2, position: 2 },
  ]);
  expect(moveBy('ArrowDown', 2, 3, 10)).toBe(2);
  expect(moveBy('ArrowUp', 2, 3, 10)).toBe(1);
  expect(moveBy('Home', 2, 3, 10)).toBe(0);
  expect(moveBy('x', 2, 3, 10)).toBeNull();
});

const SETTINGS: Settings = {
  tileSize: 'auto',
  workers: 2,
  memoryBytes: 1_500_000_000,
  pixelLimit: 500_000_000,
  language: 'auto',
  last: { source: null, chain: [], output: {} },
};

test('settings typed as they are shown come back as they were; wrong ones are named', () => {
  const draft = draftOf(SETTINGS);
  expect(draft).toMatchObject({ tileSize: '', workers: '2', memoryBytes: '1500', pixelLimit: '500' });
  const { last: _, ...rest } = SETTINGS;
  expect(parseDraft(draft, settingsSchema)).toEqual({ patch: rest, wrong: [] });
  const wrong = { ...draft, tileSize: '20', workers: 'many', pixelLimit: '' };
  expect(parseDraft(wrong, settingsSchema)).toEqual({ patch: null, wrong: ['tileSize', 'workers', 'pixelLimit'] });
});

test('numbers are written as each language does, and 100 % only at the end', () => {
  expect(formatPercent('en', 0.999)).toBe('99%');
  expect(formatPercent('en', 1)).toBe('100%');
  expect(formatBytes('en', 16_600_000_000)).toBe('16.6 GB');
  expect(formatBytes('en', 0)).toBe('0 bytes');
  expect(formatClock(3725)).toBe('1:02:05');
  expect(formatRange(111, 139)).toBe('1:50–2:20');
  expect(formatRange(5, 5.2)).toBe('0:05');
});
