/** Owns the keys of the window. Keys that write or move inside a control stay that control's. */
import { useEffect, useState } from 'react';
import { moveSelection } from '../files/use-visible.ts';
import { arrange, leaveFull, toggleFull, toggleOriginal, toggleZoom, useView } from '../preview/view.ts';
import { isBusy } from '../progress/batch.ts';
import { startBatch } from '../session.ts';
import { readState } from '../store.ts';

export interface Acts {
  openSource(): void;
  pickOutput(): void;
  openSettings(): void;
  askCancel(): void;
}

/** Returns whether the list of keys is held open. */
export function useShortcuts(acts: Acts, blocked: boolean): boolean {
  const [listing, setListing] = useState(false);
  useEffect(() => {
    if (blocked) return;
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const taken = event.ctrlKey || event.metaKey ? withControl(event, acts) : plain(event, acts, setListing);
      if (taken) event.preventDefault();
    };
    const up = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'h') setListing(false);
    };
    const leave = () => setListing(false);
    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up);
    window.addEventListener('blur', leave);
    return () => {
      document.removeEventListener('keydown', down);
      document.removeEventListener('keyup', up);
      window.removeEventListener('blur', leave);
    };
  }, [acts, blocked]);
  return listing;
}

function withControl(event: KeyboardEvent, acts: Acts): boolean {
  switch (event.key) {
    case 'o':
      acts.openSource();
      return true;
    case ',':
      acts.openSettings();
      return true;
    case 'Enter':
      if (!readState().source?.listing && readState().counts.readable > 0) void startBatch();
      return true;
    default:
      return false;
  }
}

function plain(event: KeyboardEvent, acts: Acts, setListing: (listing: boolean) => void): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key === 'Escape') return leaveOrAsk(acts);
  if (target?.closest('input, select, textarea, [role="menu"], [contenteditable]')) return false;
  if (readState().source === null) return false;
  // By place and not by letter: Alt+Y is another letter on some keyboards.
  if (event.code === 'KeyY') {
    arrange(event.altKey ? 'stack' : event.shiftKey ? 'split' : 'side');
    return true;
  }
  if (event.altKey) return false;
  switch (event.key) {
    case '\\':
      toggleOriginal();
      return true;
    case 'f':
    case 'F':
      toggleFull();
      return true;
    case 'h':
    case 'H':
      setListing(true);
      return true;
    case ' ':
      if (target?.closest('button, [role="switch"], a')) return false;
      toggleZoom();
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown':
      if (target?.closest('[role="slider"], [role="radio"], [role="group"], [role="listbox"]')) return false;
      return moveSelection(event.key, 1);
    default:
      return false;
  }
}

/** With care: Esc first leaves the full picture, then asks; it never stops hours of work by itself. */
function leaveOrAsk(acts: Acts): boolean {
  if (useView.getState().full) {
    leaveFull();
    return true;
  }
  if (!isBusy(readState().batch)) return false;
  acts.askCancel();
  return true;
}
