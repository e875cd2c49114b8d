/** Owns what one does with recipes from the window, each with its fault shown. Refuses to know components. */
import type { AppContract, Recipe, Result } from '../../preload/contract.ts';
import { fitChain, stepsOf } from '../chain/chain.ts';
import { NEW_OUTPUT, type OutputChoice, toRemember, withFormat } from '../output/rules.ts';
import { client, tried } from '../session.ts';
import { dispatch, readState } from '../store.ts';

/** The recipe's steps take the chain's place; its output settings, where it has some, the panel's. */
export function loadRecipe({ steps, output }: Recipe): void {
  const { filters, output: now } = readState();
  dispatch({ kind: 'chain', steps: fitChain(steps, filters) });
  dispatch({ kind: 'output', patch: patchOf(output, now) });
}

/** What goes together stays together: a format takes a depth it cannot hold along. */
function patchOf(output: Recipe['output'], now: OutputChoice): Partial<OutputChoice> {
  const { format = now.format, depth = now.depth, quality = now.quality } = output;
  const { name = now.name, onConflict = now.onConflict } = output;
  return { quality, name, onConflict, depth, ...withFormat(format, depth) };
}

/** @returns false where it could not be kept; why is shown. */
export async function saveRecipe(name: string, id: string | undefined, withOutput: boolean): Promise<boolean> {
  const { chain, output } = readState();
  const { folder: _, ...spec } = toRemember(output);
  const draft = { name, steps: stepsOf(chain), output: withOutput ? spec : {}, ...(id === undefined ? {} : { id }) };
  return (await tried(() => client().request('recipes.save', draft))) !== null;
}

export async function deleteRecipe(id: string): Promise<void> {
  await tried(() => client().request('recipes.delete', { id }));
}

export async function importRecipes(files: readonly File[]): Promise<void> {
  for (const file of files) {
    // The host refuses what is too large too; this keeps a film that was picked by mistake out of memory.
    const text = await file.slice(0, 2 ** 20 + 1).text();
    await tried(() => client().request('recipes.import', { text: text.slice(0, 2 ** 20) }));
  }
}

export async function exportRecipe(id: string, folder: string): Promise<Result<AppContract, 'recipes.export'> | null> {
  return tried(() => client().request('recipes.export', { id, folder }));
}

/** Something of it differs from what a new window begins with, so that it is worth being saved with a recipe. */
export function hasOutputOfItsOwn(output: OutputChoice): boolean {
  const { folder: _, ...spec } = toRemember(output);
  return Object.entries(spec).some(([key, value]) => NEW_OUTPUT[key as keyof OutputChoice] !== value);
}
