/** Owns the small hint beside what the pointer rests on or the keyboard reaches, with its key where it has one. */
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

export function Hints({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Tooltip.Provider>
  );
}

interface HintProps {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactNode;
}

export function Hint({ text, keys, side = 'bottom', children }: HintProps): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="hint" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {keys === undefined ? null : <kbd className="key">{keys}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
