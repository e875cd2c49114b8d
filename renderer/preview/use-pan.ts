/** Owns looking around with the pointer: dragging moves the picture, a double click looks closer there, or goes back. */
import { type MouseEvent, type PointerEvent, useRef } from 'react';
import { dragged, pointAt, type Rect, type Size } from './geometry.ts';
import { look, toggleZoom } from './view.ts';

/** `gapPx`: between two panes; a point in the second one is the same point of the picture as in the first. */
export function usePan(place: Rect | null, pane: Size, gapPx: number, zoomed: boolean) {
  const from = useRef<{ readonly x: number; readonly y: number; readonly place: Rect } | null>(null);
  const stop = () => {
    from.current = null;
  };
  return {
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (!zoomed || place === null || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY, place };
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      if (from.current === null) return;
      look(dragged(from.current.place, pane, event.clientX - from.current.x, event.clientY - from.current.y));
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onDoubleClick(event: MouseEvent<HTMLDivElement>) {
      if (place === null) return;
      const stage = event.currentTarget.getBoundingClientRect();
      const x = (event.clientX - stage.left) % (pane.width + gapPx);
      const y = (event.clientY - stage.top) % (pane.height + gapPx);
      toggleZoom(pointAt(place, x, y));
    },
  };
}
