/** Owns when a file's thumbnail is asked for: once it has stood in sight for a moment, and not any more when it left. */
import { useEffect, useReducer } from 'react';
import { client } from '../session.ts';
import { readState, useStore } from '../store.ts';
import { createThumbnails, type Known } from './thumbnails.ts';

/** Two requests under way keep one decoding while the other's bytes travel; more would only queue in the engine. */
const AT_ONCE = 3;
/** About 10 kB each: a few megabytes, and any list short of 600 photos is fetched once. */
const KEEP = 600;
/** A scrolled-through thumbnail is passed in less; so a flung list asks for nothing. */
const DWELL_MS = 70;
/** px of the longer side on a plain and on a dense screen. */
const SIZE = { plain: 192, dense: 384 } as const;

const thumbnails = createThumbnails(AT_ONCE, KEEP);

useStore.subscribe((now, before) => {
  if (now.source?.id !== before.source?.id) thumbnails.clear();
});

function keyOf(sourceId: string, index: number): string {
  return `${sourceId}/${index}`;
}

/** What is in the cache already; asks for nothing. */
function knownThumbnail(sourceId: string, index: number): Known {
  return thumbnails.get(keyOf(sourceId, index));
}

export function useThumbnail(index: number): Known {
  const sourceId = useStore((state) => state.source?.id ?? '');
  const skipped = useStore((state) => state.files[index]?.skip != null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (skipped || sourceId === '' || knownThumbnail(sourceId, index) !== undefined) return;
    let release = () => {};
    const timer = setTimeout(() => {
      const size = window.devicePixelRatio > 1.4 ? SIZE.dense : SIZE.plain;
      const fetch = (signal: AbortSignal) => client().request('file.thumbnail', { sourceId, index, size }, { signal });
      release = thumbnails.want(keyOf(sourceId, index), fetch, redraw);
    }, DWELL_MS);
    return () => {
      clearTimeout(timer);
      release();
    };
  }, [sourceId, index, skipped]);
  // A source that was closed while this was drawn has no thumbnails any more.
  if (skipped || readState().source?.id !== sourceId) return null;
  return knownThumbnail(sourceId, index);
}
