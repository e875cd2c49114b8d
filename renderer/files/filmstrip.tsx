/** Owns the strip of thumbnails below the picture: only those in sight exist and are fetched. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ImageOff } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { baseName } from '../format.ts';
import { useWords, type Words } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import type { FileFilter } from './counts.ts';
import { StateSign, useFileState } from './state-sign.tsx';
import { useThumbnail } from './use-thumbnail.ts';
import { moveSelection, useVisible } from './use-visible.ts';

/** Thumbnail and the gap after it. */
const STEP_PX = 120;
const PAGE = 6;

export function Filmstrip(): ReactNode {
  const { t } = useWords();
  const visible = useVisible();
  const selected = useStore((state) => state.selected);
  const filter = useStore((state) => state.filter);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    horizontal: true,
    count: visible.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => STEP_PX,
    getItemKey: (at) => visible[at] ?? at,
    overscan: 2,
  });
  const reveal = useEffectEvent((index: number | null, _filter: FileFilter) => {
    const at = index === null ? -1 : visible.indexOf(index);
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  });
  useEffect(() => reveal(selected, filter), [selected, filter]);
  const frames = virtual.getVirtualItems();
  const isDrawn = frames.some((frame) => frame.key === selected);
  return (
    <div
      ref={scroll}
      className="filmstrip"
      role="listbox"
      aria-orientation="horizontal"
      tabIndex={0}
      aria-label={t('files.filmstrip')}
      aria-activedescendant={isDrawn ? `frame-${selected}` : undefined}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (moveSelection(event.key, PAGE)) event.preventDefault();
      }}
      onWheel={(event) => {
        // A plain wheel turns down; the strip lies across.
        if (event.deltaX === 0) scroll.current?.scrollBy({ left: event.deltaY });
      }}
    >
      <div className="filmstrip-space" role="presentation" style={{ width: virtual.getTotalSize() }}>
        {frames.map((item) => {
          const index = visible[item.index];
          return index === undefined ? null : (
            <Frame key={item.key} t={t} index={index} position={item.index} of={visible.length} startPx={item.start} />
          );
        })}
      </div>
    </div>
  );
}

interface FrameProps extends Pick<Words, 't'> {
  readonly index: number;
  readonly position: number;
  readonly of: number;
  readonly startPx: number;
}

function Frame({ t, index, position, of, startPx }: FrameProps): ReactNode {
  const path = useStore((state) => state.files[index]?.relativePath ?? '');
  const selected = useStore((state) => state.selected === index);
  const state = useFileState(index);
  const thumbnail = useThumbnail(index);
  const name = baseName(path);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it takes the keys
    <div
      id={`frame-${index}`}
      className="frame"
      role="option"
      aria-selected={selected}
      aria-posinset={position + 1}
      aria-setsize={of}
      aria-label={t('files.fileInState', { name, state: t(`files.state.${state}`) })}
      tabIndex={-1}
      style={{ transform: `translateX(${startPx}px)` }}
      onClick={() => dispatch({ kind: 'select', index })}
    >
      <span className={`frame-picture frame-${state}`}>
        {thumbnail === null ? <ImageOff size={20} aria-hidden="true" /> : null}
        {thumbnail == null ? null : <img src={thumbnail.url} alt="" draggable={false} />}
        {state === 'waiting' ? null : <StateSign state={state} />}
      </span>
      <span className="frame-name">{name}</span>
    </div>
  );
}
