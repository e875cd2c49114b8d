/** Owns one side of the comparison: asks the engine for what is in sight, and keeps the last picture until the next is ready. */
import { useEffect, useState } from 'react';
import type { FaultRecord, Picture, Step, View } from '../../preload/contract.ts';
import { asFault, toRecord } from '../../preload/faults.ts';
import { toUrl } from '../files/thumbnails.ts';
import { client } from '../session.ts';
import type { Rect, Size } from './geometry.ts';
import { createLatest, type Latest } from './latest.ts';
import { measureTones, type Tones } from './tones.ts';

export interface Wish {
  readonly sourceId: string;
  readonly index: number;
  readonly chain: readonly Step[];
  readonly view: View;
}
export interface Shown {
  readonly url: string;
  readonly subject: string;
  readonly source: Size;
  /** The part of the picture it shows, in the picture's pixels. */
  readonly part: Rect;
  /** Pixels of the shown picture itself. */
  readonly size: Size;
  readonly tones: Tones | null;
}
export interface Rendered {
  /** The whole picture, lying below the part in sight while one pans. */
  readonly whole: Shown | null;
  readonly region: Shown | null;
  readonly fault: { readonly subject: string; readonly fault: FaultRecord } | null;
  readonly busy: boolean;
}

const NOTHING: Rendered = { whole: null, region: null, fault: null, busy: false };

export function subjectOf(wish: Pick<Wish, 'sourceId' | 'index'>): string {
  return `${wish.sourceId}/${wish.index}`;
}

export function useRendered(wish: Wish | null): Rendered {
  const [rendered, setRendered] = useState(NOTHING);
  const [latest, setLatest] = useState<Latest<Wish> | null>(null);
  useEffect(() => {
    const made = createLatest<Wish, Shown>({
      key: (wanted) => JSON.stringify(wanted),
      subject: subjectOf,
      fetch: fetchShown,
      done: (wanted, shown) =>
        setRendered((old) => ({
          ...old,
          fault: null,
          ...(wanted.view.kind === 'fit'
            ? // A region of another photo must not lie over this one; one of this photo is drawn anew when it is zoomed.
              { whole: shown, region: old.region?.subject === shown.subject ? old.region : null }
            : { region: shown, whole: old.whole?.subject === shown.subject ? old.whole : null }),
        })),
      failed: (wanted, error) => {
        const fault = toRecord(asFault(error));
        if (fault.code !== 'E_CANCELLED')
          setRendered((old) => ({ ...old, fault: { subject: subjectOf(wanted), fault } }));
      },
      busy: (busy) => setRendered((old) => (old.busy === busy ? old : { ...old, busy })),
    });
    setLatest(made);
    return made.dispose;
  }, []);
  useEffect(() => latest?.want(wish), [latest, wish]);
  useGivenBack(rendered.whole?.url);
  useGivenBack(rendered.region?.url);
  return rendered;
}

/** Gives an address back once the next picture stands in its place. */
function useGivenBack(url: string | undefined): void {
  useEffect(() => {
    if (url !== undefined) return () => URL.revokeObjectURL(url);
  }, [url]);
}

async function fetchShown({ sourceId, index, chain, view }: Wish, signal: AbortSignal): Promise<Shown> {
  const picture = await client().request('preview.render', { sourceId, index, chain: [...chain], view }, { signal });
  const url = toUrl(picture);
  // Decoded before it takes the old one's place: else the pane would be empty for a frame.
  const image = new Image();
  image.src = url;
  await image.decode();
  return { url, subject: subjectOf({ sourceId, index }), tones: measureTones(image), ...measure(picture, view) };
}

function measure(picture: Picture, view: View): Pick<Shown, 'source' | 'part' | 'size'> {
  const source = { width: picture.sourceWidth, height: picture.sourceHeight };
  const size = { width: picture.width, height: picture.height };
  const part = view.kind === 'fit' ? { left: 0, top: 0, ...source } : { left: view.left, top: view.top, ...size };
  return { source, part, size };
}
