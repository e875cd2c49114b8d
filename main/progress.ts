/** Owns what progress means: weighted by pixels, with a time left that is a range. Pure; clocks come from the caller. */
import type { Progress } from '../preload/contract.ts';

export interface ProgressMeter {
  /** One of a file's several results: a photo of ten recipes must not stand still until the tenth. */
  resultEnded(pixels: number, nowMs: number): void;
  /** `pixels`: those that were not told as results. */
  fileEnded(pixels: number, nowMs: number): void;
  /** Everything of a progress event that the meter knows. */
  read(nowMs: number): Pick<Progress, 'done' | 'total' | 'fraction' | 'megapixelsPerSecond' | 'secondsLeft'>;
}

/** Recent speed is taken over this window: long enough for several 24 MP photos, short enough to see a slow folder. */
const WINDOW_MS = 15_000;
/** No forecast before this much was seen: the first file's time is mostly start-up. */
const MIN_SEEN_MS = 1_500;
/** Each end of the range leaves this much for what the past does not tell. */
const MARGIN = 0.12;

interface Ended {
  readonly atMs: number;
  readonly pixels: number;
}

export function createProgressMeter(totalFiles: number, totalPixels: number, startedAtMs: number): ProgressMeter {
  let done = 0;
  let donePixels = 0;
  let recent: Ended[] = [];

  /** Pixels a second over the whole run and over the last window. */
  function speeds(nowMs: number): { overall: number; lately: number } {
    const overall = donePixels / Math.max(0.001, (nowMs - startedAtMs) / 1000);
    const from = Math.max(startedAtMs, nowMs - WINDOW_MS);
    const pixels = recent.reduce((sum, ended) => sum + (ended.atMs >= from ? ended.pixels : 0), 0);
    const lately = pixels / Math.max(0.001, (nowMs - from) / 1000);
    return { overall, lately };
  }

  function secondsLeft(nowMs: number): Progress['secondsLeft'] {
    const { overall, lately } = speeds(nowMs);
    const left = Math.max(0, totalPixels - donePixels);
    if (left === 0) return { low: 0, high: 0 };
    if (nowMs - startedAtMs < MIN_SEEN_MS || done < 2 || overall === 0) return null;
    const fast = Math.max(overall, lately);
    // A window in which nothing ended says that it is slow, not that it stands for ever.
    const slow = Math.min(overall, lately > 0 ? lately : overall / 2);
    return { low: (left / fast) * (1 - MARGIN), high: (left / slow) * (1 + MARGIN) };
  }

  function resultEnded(pixels: number, nowMs: number): void {
    donePixels += pixels;
    recent.push({ atMs: nowMs, pixels });
    if (recent.length > 4096) recent = recent.filter((ended) => ended.atMs >= nowMs - WINDOW_MS);
  }

  return {
    resultEnded,
    fileEnded(pixels, nowMs) {
      done++;
      resultEnded(pixels, nowMs);
    },
    read(nowMs) {
      const byPixels = totalPixels > 0 ? donePixels / totalPixels : done / Math.max(1, totalFiles);
      return {
        done,
        total: totalFiles,
        fraction: done === totalFiles ? 1 : Math.min(byPixels, 0.999),
        megapixelsPerSecond: speeds(nowMs).overall / 1e6,
        secondsLeft: secondsLeft(nowMs),
      };
    },
  };
}
