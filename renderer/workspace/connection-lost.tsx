/** Owns the window without a host: says so, why if it is known, and offers the way back. */
import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { tellFault } from '../../preload/faults.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';

export function ConnectionLost(): ReactNode {
  const { t, language } = useWords();
  const fault = useStore((state) => state.closedBy);
  const told = fault === null ? null : tellFault(fault, language);
  return (
    <div className="dialog-ground connection-lost">
      <section className="dialog dialog-small" role="alertdialog" aria-modal="true" aria-labelledby="lost-title">
        <div className="lost-body">
          <Unplug size={32} strokeWidth={1.5} aria-hidden="true" />
          <h2 id="lost-title">{t('connection.lost')}</h2>
          <p>{told === null ? t('connection.note') : `${told.reason} ${told.remedy}`}</p>
          <Button tone="primary" autoFocus onClick={() => location.reload()}>
            {t('connection.again')}
          </Button>
        </div>
      </section>
    </div>
  );
}
