/**
 * Owns what a recipe file may say and how one is read: a stranger's text, so measured and checked before anything of it
 * is believed, and nothing of it is ever opened or run. Pure. Refuses to know where recipes are kept.
 */
import { z } from 'zod';
import { checkStep } from './chain.ts';
import {
  type FilterInfo,
  outputSchema,
  RECIPE_VERSION,
  type Recipe,
  recipeIdSchema,
  recipeSchema,
} from './contract.ts';
import { Fault } from './faults.ts';

/** UTF-8. The longest honest recipe, 64 steps with a formula of 10,000 characters each, is 640 KB. */
export const MAX_RECIPE_BYTES = 2 ** 20;
/** recipe > steps > step > params > value. */
const MAX_DEPTH = 5;
/** Values and keys at any depth: 64 steps of every param there is are a tenth of it. */
const MAX_VALUES = 10_000;

/** What JSON can hold that must not become a key of an object of ours. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** As a person writes it: params and `enabled` may be left out, unknown words may not be there (most are misspellings). */
const fileSchema = z.strictObject({
  version: z.literal(RECIPE_VERSION),
  id: recipeIdSchema,
  name: recipeSchema.shape.name,
  steps: z
    .array(
      z.strictObject({
        filter: z.string().min(1).max(64),
        params: z.record(z.string().max(64), z.union([z.number(), z.string().max(10_000), z.boolean()])).default({}),
        enabled: z.boolean().default(true),
      }),
    )
    .min(1)
    .max(64),
  output: z.strictObject(outputSchema.omit({ folder: true }).partial().shape).default({}),
});

/** @throws Fault E_RECIPE that says where, what was expected there, and what stood there. */
export function parseRecipe(text: string, filters: readonly FilterInfo[]): Recipe {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_RECIPE_BYTES) throw tooLarge(bytes);
  const value = parseJson(text);
  measure(value);
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) throw faultOf(parsed.error, value);
  const recipe: Recipe = parsed.data;
  for (const [index, step] of recipe.steps.entries()) checkAt(index, step, filters);
  return recipe;
}

export function tooLarge(bytes: number): Fault {
  return at('JSON', `≤ ${MAX_RECIPE_BYTES / 2 ** 20} MB`, `${(bytes / 2 ** 20).toFixed(1)} MB`);
}

/** The text `parseRecipe` reads back to the same recipe. */
export function formatRecipe({ version, id, name, steps, output }: Recipe): string {
  const whole = { version, id, name, steps, ...(Object.keys(output).length === 0 ? {} : { output }) };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw at('JSON', 'JSON', error instanceof Error ? error.message : text);
  }
}

/** Depth, number and keys, by a stack of our own: a file nested a hundred thousand deep must not be recursed into. */
function measure(root: unknown): void {
  const stack: { readonly value: unknown; readonly place: string; readonly depth: number }[] = [
    { value: root, place: '', depth: 1 },
  ];
  let values = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, place, depth } = next;
    values++;
    if (values > MAX_VALUES) throw at('JSON', `≤ ${MAX_VALUES}`, `> ${MAX_VALUES}`);
    if (typeof value === 'number' && !Number.isFinite(value)) throw at(place, '0', String(value));
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_DEPTH) throw at(place.slice(0, 60), `≤ ${MAX_DEPTH} { [`, `> ${MAX_DEPTH} { [`);
    for (const [key, inner] of Object.entries(value)) {
      const inside = place === '' ? key : `${place}.${key}`;
      if (FORBIDDEN_KEYS.has(key)) throw at(inside, '—', key);
      stack.push({ value: inner, place: inside, depth: depth + 1 });
    }
  }
}

function checkAt(index: number, step: Recipe['steps'][number], filters: readonly FilterInfo[]): void {
  try {
    checkStep(filters, step);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === 'E_NO_FILTER') {
      throw at(`steps.${index}.filter`, filters.map(({ id }) => id).join(' | '), step.filter, error);
    }
    const { param = '', expected = '', received = '' } = error.detail;
    throw at(`steps.${index}.params.${param}`, expected, received, error);
  }
}

/** In signs rather than words, because they stand inside a sentence of any language. */
function faultOf(error: z.ZodError, root: unknown): Fault {
  const [issue] = error.issues;
  if (issue === undefined) return at('JSON', 'JSON', '?', error);
  const place = issue.path.map(String);
  switch (issue.code) {
    case 'unrecognized_keys':
      return at([...place, issue.keys[0] ?? ''].join('.'), '—', issue.keys[0] ?? '', error);
    case 'invalid_value':
      return at(place.join('.'), issue.values.map(String).join(' | '), shown(root, issue.path), error);
    case 'invalid_type':
      return at(place.join('.'), issue.expected, shown(root, issue.path), error);
    case 'too_small':
      return at(place.join('.'), `≥ ${issue.minimum}`, shown(root, issue.path), error);
    case 'too_big':
      return at(place.join('.'), `≤ ${issue.maximum}`, shown(root, issue.path), error);
    case 'invalid_format':
      return at(place.join('.'), issue.pattern ?? issue.format, shown(root, issue.path), error);
    default:
      return at(place.join('.'), issue.message, shown(root, issue.path), error);
  }
}

function shown(root: unknown, path: readonly PropertyKey[]): string {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return '—';
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value === undefined ? '—' : (JSON.stringify(value) ?? '—');
}

function at(place: string, expected: string | number, received: string | number, cause?: unknown): Fault {
  return new Fault(
    'E_RECIPE',
    { place: cut(place || 'JSON'), expected: cut(expected), received: cut(received) },
    cause,
  );
}

/** The sentence is read by a person. */
function cut(value: string | number): string {
  const text = String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
