/** Owns one recipe in the list: its tick, its name, and what can be done with it. */
import { Download, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecipeEntry } from '../../preload/contract.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';
import { IconButton } from '../ui/button.tsx';

interface RecipeRowProps {
  readonly entry: RecipeEntry;
  readonly ticked: boolean;
  onLoad(): void;
  onTick(on: boolean): void;
  onExport(): void;
  onDelete(): void;
}

export function RecipeRow({ entry, ticked, onLoad, onTick, onExport, onDelete }: RecipeRowProps): ReactNode {
  const { t, language } = useWords();
  const filters = useStore((state) => state.filters);
  const { recipe, label, builtIn } = entry;
  const name = label[language];
  const labelOf = (id: string) => filters.find((filter) => filter.id === id)?.label[language] ?? id;
  const steps = recipe.steps
    .filter(({ enabled }) => enabled)
    .map(({ filter }) => labelOf(filter))
    .join(' → ');
  return (
    <li className="recipe">
      <input
        type="checkbox"
        className="recipe-tick"
        aria-label={t('recipes.tick', { name })}
        checked={ticked}
        onChange={(event) => onTick(event.target.checked)}
      />
      <button
        type="button"
        className="recipe-name"
        title={steps}
        aria-label={t('recipes.load', { name })}
        onClick={onLoad}
      >
        {name}
      </button>
      <span className="recipe-acts">
        <IconButton name={t('recipes.export', { name })} onClick={onExport}>
          <Download size={14} />
        </IconButton>
        {builtIn ? null : (
          <IconButton name={t('recipes.delete', { name })} onClick={onDelete}>
            <Trash2 size={14} />
          </IconButton>
        )}
      </span>
    </li>
  );
}
