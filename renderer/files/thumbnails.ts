/**
 * Owns the small pictures of files: fetched while someone looks at them, a few at a time, newest wish first, kept until
 * too many, their addresses given back. Refuses to know components and what fetches (it is handed in).
 */
import type { Picture } from '../../preload/contract.ts';

export interface Thumbnail {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
}
/** null: the file has none (it cannot be read); undefined: not known yet. */
export type Known = Thumbnail | null | undefined;

export interface Thumbnails {
  get(key: string): Known;
  /** Wants the picture until the returned function is called; `changed` is called when it is known. */
  want(key: string, fetch: (signal: AbortSignal) => Promise<Picture>, changed: () => void): () => void;
  clear(): void;
}

interface Wish {
  readonly fetch: (signal: AbortSignal) => Promise<Picture>;
  readonly changed: Set<() => void>;
  readonly abort: AbortController;
  running: boolean;
}

/** `atOnce`: requests under way; `keep`: pictures held beyond those on screen. */
export function createThumbnails(atOnce: number, keep: number): Thumbnails {
  /** Oldest use first (a Map keeps the order of insertion). */
  const known = new Map<string, Thumbnail | null>();
  const wishes = new Map<string, Wish>();
  let running = 0;

  function next(): void {
    // Newest first: what scrolled into sight last is what one looks at.
    for (const [key, wish] of [...wishes].reverse()) {
      if (running >= atOnce) return;
      if (!wish.running) void load(key, wish);
    }
  }

  async function load(key: string, wish: Wish): Promise<void> {
    wish.running = true;
    running += 1;
    const picture = await wish.fetch(wish.abort.signal).catch(() => null);
    running -= 1;
    if (!wish.abort.signal.aborted) {
      wishes.delete(key);
      remember(key, picture === null ? null : toThumbnail(picture));
      for (const changed of wish.changed) changed();
    }
    next();
  }

  function remember(key: string, thumbnail: Thumbnail | null): void {
    known.set(key, thumbnail);
    for (const [oldest, value] of known) {
      if (known.size <= keep) break;
      known.delete(oldest);
      if (value !== null) URL.revokeObjectURL(value.url);
    }
  }

  return {
    get(key) {
      const value = known.get(key);
      if (value !== undefined) {
        known.delete(key);
        known.set(key, value);
      }
      return value;
    },
    want(key, fetch, changed) {
      const wish = wishes.get(key) ?? { fetch, changed: new Set(), abort: new AbortController(), running: false };
      wishes.set(key, wish);
      wish.changed.add(changed);
      next();
      return () => {
        wish.changed.delete(changed);
        if (wish.changed.size > 0 || wishes.get(key) !== wish) return;
        wishes.delete(key);
        wish.abort.abort();
      };
    },
    clear() {
      for (const wish of wishes.values()) wish.abort.abort();
      wishes.clear();
      for (const value of known.values()) if (value !== null) URL.revokeObjectURL(value.url);
      known.clear();
    },
  };
}

function toThumbnail(picture: Picture): Thumbnail {
  const { width, height, sourceWidth, sourceHeight } = picture;
  return { url: toUrl(picture), width, height, sourceWidth, sourceHeight };
}

/** Whoever makes the address gives it back. The copy is for the type only: a view of shared memory is no BlobPart. */
export function toUrl(picture: Pick<Picture, 'bytes' | 'mime'>): string {
  return URL.createObjectURL(new Blob([picture.bytes as Uint8Array<ArrayBuffer>], { type: picture.mime }));
}
