/**
 * Owns the recipes there are: the built-in ones and the photographer's own, a JSON file each in a folder that may also
 * be filled by hand. Knows recipes by preload/recipe.ts; refuses to know who runs them.
 */
import { randomUUID } from 'node:crypto';
import { lstat, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type FilterInfo,
  type OutputSpec,
  RECIPE_VERSION,
  type Recipe,
  type RecipeEntry,
  type RecipeList,
  recipeIdSchema,
} from '../preload/contract.ts';
import { asFault, Fault, toRecord } from '../preload/faults.ts';
import { numbered } from '../preload/numbered.ts';
import { formatRecipe, MAX_RECIPE_BYTES, parseRecipe, tooLarge } from '../preload/recipe.ts';
import { temporaryName } from '../preload/temporary.ts';
import type { BatchVariant } from './batch-plan.ts';
import { errnoOf } from './errno.ts';
import { makeFolder } from './make-folder.ts';
import { parseTemplate, safeName } from './naming.ts';
import { builtInRecipes } from './recipes/builtin.ts';

export interface RecipeBook {
  list(): Promise<RecipeList>;
  /** @throws Fault E_NO_RECIPE */
  find(id: string): Promise<Recipe>;
  /** Under an id it replaces the one of that id; without, the name makes a new one. @throws Fault E_RECIPE, E_WRITE */
  save(draft: RecipeDraft): Promise<RecipeEntry>;
  /** Only the photographer's own; a built-in one that it stood for comes back. @throws Fault E_NO_RECIPE */
  delete(id: string): Promise<void>;
  /** Never replaces one: an id that is taken gets a number. @throws Fault E_RECIPE */
  import(text: string): Promise<RecipeEntry>;
  /** Writes its file into a folder, beside what is there; the file's path. @throws Fault E_NO_RECIPE, E_WRITE */
  export(id: string, folder: string): Promise<string>;
}

export type RecipeDraft = Pick<Recipe, 'name' | 'steps' | 'output'> & { readonly id?: string | undefined };

interface Own {
  readonly file: string;
  readonly recipe: Recipe;
}

/** A folder of more is not a folder of recipes. */
const MAX_FILES = 1_000;

/** @param folder made when the first recipe is saved. */
export function openRecipes(folder: string, filters: () => Promise<readonly FilterInfo[]>): RecipeBook {
  return {
    list,
    find,
    async save({ id, name, steps, output }) {
      const draft = { version: RECIPE_VERSION, id: id ?? (await freeId(slugOf(name))), name, steps, output } as const;
      // By the same way a file goes: what is saved can be read back.
      const recipe = checked(formatRecipe(draft), await filters());
      const standing = (await readOwn()).own.find((one) => one.recipe.id === recipe.id);
      await write(standing?.file ?? fileOf(recipe.id), recipe);
      return entryOf(recipe);
    },
    async delete(id) {
      const standing = (await readOwn()).own.find(({ recipe }) => recipe.id === id);
      if (standing === undefined) throw new Fault('E_NO_RECIPE', { recipe: id });
      await rm(standing.file, { force: true });
    },
    async import(text) {
      const read = checked(text, await filters());
      const recipe = { ...read, id: await freeId(read.id) };
      await write(fileOf(recipe.id), recipe);
      return entryOf(recipe);
    },
    async export(id, target) {
      return writeBeside(target, await find(id));
    },
  };

  async function find(id: string): Promise<Recipe> {
    const { recipes } = await list();
    const found = recipes.find(({ recipe }) => recipe.id === id);
    if (found === undefined) throw new Fault('E_NO_RECIPE', { recipe: id });
    return found.recipe;
  }

  /** One's own of a built-in's id stands for it. */
  async function list(): Promise<RecipeList> {
    const { own, broken } = await readOwn();
    const ids = new Set(own.map(({ recipe }) => recipe.id));
    const builtIn = builtInRecipes(await filters()).filter(({ recipe }) => !ids.has(recipe.id));
    return { recipes: [...builtIn, ...own.map(({ recipe }) => entryOf(recipe))], broken };
  }

  async function readOwn(): Promise<{ own: readonly Own[]; broken: RecipeList['broken'] }> {
    const names = await readdir(folder).catch((): string[] => []);
    const files = names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
    const own: Own[] = [];
    const broken: RecipeList['broken'] = [];
    const known = await filters();
    for (const name of files.slice(0, MAX_FILES)) {
      const file = path.join(folder, name);
      try {
        const recipe = await readRecipeFile(file, known);
        const taken = own.some((other) => other.recipe.id === recipe.id);
        if (taken) throw new Fault('E_RECIPE', { place: 'id', expected: `≠ ${recipe.id}`, received: recipe.id });
        own.push({ file, recipe });
      } catch (error) {
        broken.push({ file, fault: toRecord(asFault(error)) });
      }
    }
    return { own, broken };
  }

  async function freeId(wanted: string): Promise<string> {
    const { own } = await readOwn();
    const taken = new Set([...builtInRecipes(await filters()), ...own].map(({ recipe }) => recipe.id));
    for (let n = 1; ; n++) {
      const id = n === 1 ? wanted : `${wanted.slice(0, 58)}-${n}`;
      // A file that is broken today may be mended tomorrow: its name is not free.
      if (!taken.has(id) && !(await exists(fileOf(id)))) return id;
    }
  }

  function fileOf(id: string): string {
    return path.join(folder, `${safeName(id, 'windows')}.json`);
  }

  async function write(file: string, recipe: Recipe): Promise<void> {
    const temporary = path.join(folder, temporaryName('recipe', randomUUID()));
    try {
      await makeFolder(folder);
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(formatRecipe(recipe));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw new Fault('E_WRITE', { why: errnoOf(error) }, error);
    }
  }
}

/** Never over a file that is there. */
async function writeBeside(folder: string, recipe: Recipe): Promise<string> {
  for (let n = 1; ; n++) {
    const name = `${safeName(recipe.id, 'windows')}.json`;
    const file = path.join(folder, n === 1 ? name : numbered(name, n));
    try {
      await writeFile(file, formatRecipe(recipe), { flag: 'wx' });
      return file;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw new Fault('E_WRITE', { why: errnoOf(error) }, error);
    }
  }
}

/** A file anywhere, as the command line is given one. Pipes and devices are not opened. @throws Fault E_NO_SOURCE, E_RECIPE */
export async function readRecipeFile(file: string, filters: readonly FilterInfo[]): Promise<Recipe> {
  let text: string;
  try {
    const { size } = await ordinary(file);
    if (size > MAX_RECIPE_BYTES) throw tooLarge(size);
    const handle = await open(file, 'r');
    try {
      // No more than was measured, whatever it has grown to meanwhile.
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_RECIPE_BYTES + 1), 0, MAX_RECIPE_BYTES + 1, 0);
      text = buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('E_NO_SOURCE', { path: file }, error);
  }
  return checked(text, filters);
}

async function ordinary(file: string): Promise<{ size: number }> {
  const stats = await stat(file);
  if (!stats.isFile()) throw new Fault('E_RECIPE', { place: file, expected: 'recipe.json', received: '—' });
  return stats;
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

/** With its name template: where a recipe's results go is as much a stranger's word as the rest of it. */
function checked(text: string, filters: readonly FilterInfo[]): Recipe {
  const recipe = parseRecipe(text, filters);
  const { name } = recipe.output;
  if (name === undefined) return recipe;
  try {
    parseTemplate(name);
  } catch (error) {
    throw new Fault('E_RECIPE', { place: 'output.name', expected: '{name}', received: name }, error);
  }
  return recipe;
}

function entryOf(recipe: Recipe): RecipeEntry {
  return { recipe, label: { en: recipe.name, 'zh-CN': recipe.name }, builtIn: false };
}

/** `Rough Sketch 2` → `rough-sketch-2`; a name of no Latin letter gets a plain word. */
function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 58)
    .replace(/^-+|-+$/g, '');
  return recipeIdSchema.safeParse(slug).success ? slug : 'recipe';
}

/**
 * What a batch makes of recipes: each in a folder of its id below the output's, by its own output settings where it has
 * some and `given` does not insist. Two recipes of one id get two folders.
 */
export function variantsOf(
  recipes: readonly Recipe[],
  defaults: OutputSpec,
  given: Recipe['output'] = {},
): BatchVariant[] {
  const times = new Map<string, number>();
  return recipes.map(({ id, steps, output }) => {
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    const recipe = time === 1 ? id : `${id}.${time}`;
    const folder = path.join(defaults.folder, safeName(recipe, 'windows'));
    return { recipe, chain: steps, output: { ...outputOf(defaults, output, given), folder } };
  });
}

/** The later wins. */
export function outputOf(defaults: OutputSpec, ...wishes: readonly Recipe['output'][]): OutputSpec {
  return Object.assign({ ...defaults }, ...wishes.map(onlyGiven));
}

/** A key that is there as undefined was not given. */
function onlyGiven(output: Recipe['output']): Partial<OutputSpec> {
  return Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined));
}
