/** Owns the one store of the window and how components read it. What changes it, and how, is state.ts. */
import { create } from 'zustand';
import { type Act, reduce, START, type State } from './state.ts';

export const useStore = create<State>()(() => START);

export function dispatch(act: Act): void {
  useStore.setState((state) => reduce(state, act), true);
}

/** All acts of a burst in one go: components draw once for a thousand events. */
export function dispatchAll(acts: readonly Act[]): void {
  useStore.setState((state) => acts.reduce(reduce, state), true);
}

export function readState(): State {
  return useStore.getState();
}
