/** Owns giving the chain a name. The name of one's own recipe replaces that one, and the button says so. */
import { type ReactNode, useState } from 'react';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextField } from '../ui/text-field.tsx';
import { hasOutputOfItsOwn, saveRecipe } from './acts.ts';

/** The contract takes no longer name (preload/contract.ts). */
const LONGEST_NAME = 80;

export function SaveDialog({
  onClose,
  onSaved,
}: {
  readonly onClose: () => void;
  readonly onSaved: () => void;
}): ReactNode {
  const { t } = useWords();
  const recipes = useStore((state) => state.recipes);
  const output = useStore((state) => state.output);
  const [name, setName] = useState('');
  const [withOutput, setWithOutput] = useState(hasOutputOfItsOwn(output));
  const standing = recipes.find(({ recipe, builtIn }) => !builtIn && recipe.name === name.trim());
  const save = async () => {
    if (!(await saveRecipe(name.trim(), standing?.recipe.id, withOutput))) return;
    onSaved();
    onClose();
  };
  return (
    <Dialog
      size="small"
      title={t('recipes.save')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" disabled={name.trim() === ''} onClick={() => void save()}>
            {t(standing === undefined ? 'recipes.saveButton' : 'recipes.replaceButton')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void save();
        }}
      >
        <TextField
          name={t('recipes.name')}
          label={t('recipes.name')}
          hint={t('recipes.nameHelp')}
          value={name}
          maxLength={LONGEST_NAME}
          onChange={setName}
        />
        <div className="field-row" title={t('recipes.withOutputHelp')}>
          <span className="field-label">{t('recipes.withOutput')}</span>
          <Switch name={t('recipes.withOutput')} checked={withOutput} onChange={setWithOutput} />
        </div>
      </form>
    </Dialog>
  );
}
