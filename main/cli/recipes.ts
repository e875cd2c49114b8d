/** Owns `photomill recipes` and what `--recipe` names: one of the list, or a file. */
import path from 'node:path';
import { formatStep } from '../../preload/chain.ts';
import type { FilterInfo, Recipe, RecipeList } from '../../preload/contract.ts';
import { tellFault } from '../../preload/faults.ts';
import { dataFolder } from '../paths.ts';
import { openRecipes, type RecipeBook, readRecipeFile } from '../recipes.ts';
import { catalogueOf, withEngine } from './context.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { alignColumns, printable } from './text.ts';

export async function recipesCommand(
  platform: CliPlatform,
  terminal: Terminal,
  options: { readonly json?: boolean },
): Promise<number> {
  const list = await withEngine(platform, async (engine) => bookOf(await catalogueOf(engine)).list());
  terminal.out(options.json ? `${JSON.stringify(list.recipes.map(recipeRecord), null, 2)}\n` : recipesText(list));
  for (const { file, fault } of list.broken) {
    terminal.err(`${printable(file)}: ${printable(tellFault(fault, 'en').reason)} [${fault.code}]\n`);
  }
  return 0;
}

function recipeRecord({ recipe, builtIn }: RecipeList['recipes'][number]): object {
  const { id, name, steps, output } = recipe;
  return { id, name, builtIn, steps, output };
}

function recipesText({ recipes }: RecipeList): string {
  const rows = recipes.map(({ recipe, builtIn }) => [
    recipe.id,
    printable(recipe.name),
    builtIn ? 'built in' : 'saved',
    recipe.steps.map((step) => printable(step.enabled ? formatStep(step) : `(${step.filter} off)`)).join(' → '),
  ]);
  return `${alignColumns(rows).join('\n')}\n\nUse: --recipe <id|file.json>, several times for several results of one decode\n`;
}

/** In their order. @throws Fault E_NO_RECIPE, E_NO_SOURCE, E_RECIPE */
export async function findRecipes(names: readonly string[], filters: readonly FilterInfo[]): Promise<Recipe[]> {
  const book = bookOf(filters);
  const recipes: Recipe[] = [];
  for (const name of names) {
    recipes.push(isFile(name) ? await readRecipeFile(path.resolve(name), filters) : await book.find(name));
  }
  return recipes;
}

/** No id has a dot or a slash. */
function isFile(name: string): boolean {
  return /[./\\]/.test(name);
}

function bookOf(filters: readonly FilterInfo[]): RecipeBook {
  return openRecipes(path.join(dataFolder(), 'recipes'), async () => filters);
}
