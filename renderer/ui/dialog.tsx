/**
 * Owns a dialog over the window. Its dimmed ground is a plain element: Radix's Overlay locks scrolling by a <style>
 * element, which the CSP forbids, and this window does not scroll.
 */
import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { useWords } from '../i18n.ts';
import { IconButton } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly size?: 'medium' | 'small';
  readonly footer?: ReactNode;
  readonly children: ReactNode;
  onClose(): void;
}

const FIRST = '.dialog-body input, .dialog-body select, .dialog-foot button';

export function Dialog({ title, size = 'medium', footer, children, onClose }: DialogProps): ReactNode {
  const { t } = useWords();
  const content = useRef<HTMLDivElement>(null);
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <div className="dialog-ground">
          <RadixDialog.Content
            className={`dialog dialog-${size}`}
            aria-describedby={undefined}
            onOpenAutoFocus={(event) => {
              // What one came for, and not the button that closes it (whose hint would lie over the rest).
              const first = content.current?.querySelector<HTMLElement>(FIRST);
              if (first == null) return;
              event.preventDefault();
              first.focus();
            }}
            ref={content}
          >
            <header className="dialog-head">
              <RadixDialog.Title>{title}</RadixDialog.Title>
              <RadixDialog.Close asChild>
                <IconButton name={t('ui.close')}>
                  <X size={16} />
                </IconButton>
              </RadixDialog.Close>
            </header>
            <div className="dialog-body">{children}</div>
            {footer === undefined ? null : <footer className="dialog-foot">{footer}</footer>}
          </RadixDialog.Content>
        </div>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
