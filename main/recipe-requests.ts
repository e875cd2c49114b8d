/** Owns the answers to what a window asks of recipes. Knows the book of them and who is to hear of a change. */
import type { AppContract, RecipeList } from '../preload/contract.ts';
import type { Handlers } from '../preload/server.ts';
import type { RecipeBook } from './recipes.ts';

type RecipeMethod = Extract<keyof Handlers<AppContract>, `recipes.${string}`>;

/**
 * @param check refuses a path that nobody chose.
 * @param onChange hears the whole list, so that every window and tab shows the same.
 */
export function recipeHandlers(
  book: RecipeBook,
  check: (path: string) => Promise<void>,
  onChange: (list: RecipeList) => void,
): Pick<Handlers<AppContract>, RecipeMethod> {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    onChange(await book.list());
    return result;
  };
  return {
    'recipes.list': () => book.list(),
    'recipes.save': (draft) => told(book.save(draft)),
    async 'recipes.delete'({ id }) {
      await told(book.delete(id));
      return {};
    },
    'recipes.import': ({ text }) => told(book.import(text)),
    async 'recipes.export'({ id, folder }) {
      await check(folder);
      return { path: await book.export(id, folder) };
    },
  };
}
