/** Owns the files the chosen filter leaves, reckoned once for list, filmstrip and keys. */
import type { State } from '../state.ts';
import { dispatch, readState, useStore } from '../store.ts';
import { visibleIndexes } from './counts.ts';
import { moveBy } from './rows.ts';

let known: { readonly from: readonly unknown[]; readonly visible: readonly number[] } | null = null;

function visibleOf(state: State): readonly number[] {
  // Without a filter results change nothing of what is listed: the list stays the same one while a batch runs.
  const from = state.filter === 'all' ? [state.files] : [state.files, state.results, state.filter];
  if (known !== null && known.from.length === from.length && known.from.every((part, i) => part === from[i]))
    return known.visible;
  known = { from, visible: visibleIndexes(state.files, state.results, state.filter) };
  return known.visible;
}

export function useVisible(): readonly number[] {
  return useStore(visibleOf);
}

/** Chooses the file a key leads to; false where the key leads nowhere. */
export function moveSelection(key: string, page: number): boolean {
  const state = readState();
  const visible = visibleOf(state);
  const now = state.selected === null ? -1 : visible.indexOf(state.selected);
  const next = moveBy(key, now, visible.length, page);
  const index = next === null ? undefined : visible[next];
  if (index === undefined) return false;
  dispatch({ kind: 'select', index });
  return true;
}
