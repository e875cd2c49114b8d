/** Owns the list of keys, shown while H is held. */
import type { ReactNode } from 'react';
import { useWords } from '../i18n.ts';

const KEYS = [
  ['Ctrl+O', 'open'],
  ['Ctrl+Enter', 'process'],
  ['Esc', 'cancel'],
  ['Ctrl+,', 'settings'],
  ['Y', 'side'],
  ['Shift+Y', 'split'],
  ['Alt+Y', 'stack'],
  ['\\', 'original'],
  ['F', 'full'],
] as const;

export function ShortcutList(): ReactNode {
  const { t } = useWords();
  return (
    <div className="shortcuts" role="status">
      <dl>
        {KEYS.map(([key, act]) => (
          <div key={act}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${act}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>{t('keys.space')}</kbd>
          </dt>
          <dd>{t('keys.actual')}</dd>
        </div>
        <div>
          <dt>
            <kbd>← →</kbd>
          </dt>
          <dd>{t('keys.files')}</dd>
        </div>
      </dl>
    </div>
  );
}
