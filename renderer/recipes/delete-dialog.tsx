/** Owns the question before a recipe's file goes. */
import type { ReactNode } from 'react';
import type { RecipeEntry } from '../../preload/contract.ts';
import { useWords } from '../i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { deleteRecipe } from './acts.ts';

interface DeleteDialogProps {
  readonly entry: RecipeEntry;
  onClose(): void;
}

export function DeleteDialog({ entry, onClose }: DeleteDialogProps): ReactNode {
  const { t, language } = useWords();
  const name = entry.label[language];
  return (
    <Dialog
      size="small"
      title={t('recipes.delete', { name })}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            tone="danger"
            onClick={() => {
              void deleteRecipe(entry.recipe.id);
              onClose();
            }}
          >
            {t('recipes.deleteButton')}
          </Button>
        </>
      }
    >
      <p>{t('recipes.deleteNote')}</p>
    </Dialog>
  );
}
