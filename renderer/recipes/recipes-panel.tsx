/**
 * Owns the list of recipes: opened when it is wanted, so that the filters stay in sight. A click takes a recipe's steps
 * over; its tick has it made of every photo, several at once from one decode.
 */
import { ChevronRight, FilePlus2, Save } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { RecipeEntry, Step } from '../../preload/contract.ts';
import { stepsOf } from '../chain/chain.ts';
import { useWords } from '../i18n.ts';
import type { OutputChoice } from '../output/rules.ts';
import { askOutput } from '../session.ts';
import { dispatch, readState, useStore } from '../store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { FolderDialog } from '../workspace/folder-dialog.tsx';
import { exportRecipe, importRecipes, loadRecipe } from './acts.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { RecipeRow } from './recipe-row.tsx';
import { SaveDialog } from './save-dialog.tsx';
import './recipes.css';

type Asked =
  | { readonly kind: 'save' }
  | { readonly kind: 'delete' | 'export'; readonly entry: RecipeEntry }
  | { readonly kind: 'nothing' };
interface Replaced {
  readonly steps: readonly Step[];
  readonly output: OutputChoice;
}
const NOTHING: Asked = { kind: 'nothing' };

export function RecipesPanel(): ReactNode {
  const { t, language } = useWords();
  const recipes = useStore((state) => state.recipes);
  const ticked = useStore((state) => state.ticked);
  const empty = useStore((state) => state.chain.length === 0);
  const dialogs = useStore((state) => state.hello?.capabilities.dialogs ?? false);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Asked>(NOTHING);
  /** What a recipe took the place of: nothing one set is lost by a click. */
  const [replaced, setReplaced] = useState<Replaced | null>(null);
  const [told, setTold] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const close = () => setAsked(NOTHING);

  const load = ({ recipe, label }: RecipeEntry) => {
    const { chain, output } = readState();
    loadRecipe(recipe);
    setReplaced(chain.length === 0 ? null : { steps: stepsOf(chain), output });
    setTold(t('recipes.loaded', { name: label[language] }));
  };
  const writeTo = async (entry: RecipeEntry, folder: string | null) => {
    close();
    const written = folder === null ? null : await exportRecipe(entry.recipe.id, folder);
    if (written !== null) setTold(t('recipes.exported', { path: written.path }));
  };
  const exportTo = async (entry: RecipeEntry) => {
    if (dialogs) await writeTo(entry, await askOutput());
    else setAsked({ kind: 'export', entry });
  };

  return (
    <section className="recipes" aria-label={t('recipes.title')}>
      <header className="pane-head">
        <h2 className="pane-title">
          <button type="button" className="recipes-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
            <ChevronRight size={14} aria-hidden="true" />
            {t('recipes.title')}
            {ticked.length === 0 ? null : (
              <span className="recipes-count">{t('recipes.ticked', { count: ticked.length })}</span>
            )}
          </button>
        </h2>
        <span className="recipes-acts">
          <IconButton name={t('recipes.import')} onClick={() => picker.current?.click()}>
            <FilePlus2 size={14} />
          </IconButton>
          <IconButton name={t('recipes.save')} disabled={empty} onClick={() => setAsked({ kind: 'save' })}>
            <Save size={14} />
          </IconButton>
        </span>
        <input
          ref={picker}
          type="file"
          accept=".json,application/json"
          multiple
          hidden
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            // The same file again is a change as well.
            event.target.value = '';
            setOpen(true);
            void importRecipes(files);
          }}
        />
      </header>
      {open ? (
        <ul className="recipes-list">
          {recipes.map((entry) => (
            <RecipeRow
              key={entry.recipe.id}
              entry={entry}
              ticked={ticked.includes(entry.recipe.id)}
              onLoad={() => load(entry)}
              onTick={(on) => dispatch({ kind: 'recipe-tick', id: entry.recipe.id, on })}
              onExport={() => void exportTo(entry)}
              onDelete={() => setAsked({ kind: 'delete', entry })}
            />
          ))}
        </ul>
      ) : null}
      {ticked.length === 0 ? null : <p className="recipes-note">{t('recipes.note', { count: ticked.length })}</p>}
      {replaced === null ? null : (
        <p className="recipes-note">
          {told}{' '}
          <Button
            tone="quiet"
            onClick={() => {
              const { folder: _, folderChosen: __, ...rest } = replaced.output;
              dispatch({ kind: 'chain', steps: replaced.steps });
              dispatch({ kind: 'output', patch: rest });
              setReplaced(null);
              setTold('');
            }}
          >
            {t('recipes.undo')}
          </Button>
        </p>
      )}
      <p className={replaced === null && told !== '' ? 'recipes-note' : 'visually-hidden'} role="status">
        {told}
      </p>
      {asked.kind === 'save' ? <SaveDialog onClose={close} onSaved={() => setOpen(true)} /> : null}
      {asked.kind === 'delete' ? <DeleteDialog entry={asked.entry} onClose={close} /> : null}
      {asked.kind === 'export' ? (
        <FolderDialog
          purpose="output"
          dropped={false}
          onClose={close}
          onChoose={(folder) => void writeTo(asked.entry, folder)}
        />
      ) : null}
    </section>
  );
}
