/** Owns the question after Esc. It goes away by itself when the batch ends meanwhile. */
import { type ReactNode, useEffect } from 'react';
import { formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { isBusy } from '../progress/batch.ts';
import { cancelBatch } from '../session.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

export function ConfirmCancel({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t, language } = useWords();
  const busy = useStore((state) => isBusy(state.batch));
  const done = useStore((state) => state.counts.done);
  useEffect(() => {
    if (!busy) onClose();
  }, [busy, onClose]);
  return (
    <Dialog
      size="small"
      title={t('cancel.title')}
      onClose={onClose}
      footer={
        <>
          {/* Has the focus: Enter after a stray Esc goes on working. */}
          <Button autoFocus onClick={onClose}>
            {t('cancel.goOn')}
          </Button>
          <Button
            onClick={() => {
              void cancelBatch();
              onClose();
            }}
          >
            {t('cancel.stop')}
          </Button>
        </>
      }
    >
      <p>{t('cancel.note', { count: done, number: formatNumber(language, done) })}</p>
    </Dialog>
  );
}
