/** Owns the sign of a file's state: each has its own shape, so that colour is never the only difference. */
import { Check, Minus, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from '../store.ts';
import { type FileState, fileState } from './counts.ts';

export function useFileState(index: number): FileState {
  return useStore((state) => fileState(state.files[index], state.results[index], state.working.has(index)));
}

export function StateSign({ state }: { readonly state: FileState }): ReactNode {
  return (
    <span className={`sign sign-${state}`} aria-hidden="true">
      {signOf(state)}
    </span>
  );
}

function signOf(state: FileState): ReactNode {
  switch (state) {
    case 'done':
      return <Check size={12} strokeWidth={3} />;
    case 'failed':
      return <TriangleAlert size={12} strokeWidth={2.5} />;
    case 'skipped':
      return <Minus size={12} strokeWidth={3} />;
    case 'cancelled':
      return <X size={12} strokeWidth={3} />;
    case 'working':
    case 'waiting':
      return null;
  }
}
