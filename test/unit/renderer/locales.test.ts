/** The window's words: both languages have every key, every key used exists, none lies unused, no text hides in code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appContract } from '../../../preload/contract.ts';
import en from '../../../renderer/locales/en.json' with { type: 'json' };
import zhCN from '../../../renderer/locales/zh-CN.json' with { type: 'json' };

const RENDERER = join(import.meta.dirname, '../../../renderer');

/** Requests and events are written like keys: `'settings.set'`. */
const CONTRACT = new Set([...Object.keys(appContract.requests), ...Object.keys(appContract.events)]);

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** A language has the plural forms its grammar has: Chinese one, English two. */
function withoutPlural(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '');
}

const english = flatten(en);
const chinese = flatten(zhCN);
const keys = new Set([...english.keys()].map(withoutPlural));

const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(RENDERER, path), 'utf8') }));

/** Keys in `t('…')`, and those in a string that only can be one: 'progress.finished'. */
function literalKeys(text: string): string[] {
  const sections = Object.keys(en).join('|');
  return [...text.matchAll(new RegExp(`'((?:${sections})\\.[A-Za-z0-9.]+)'`, 'g'))].map((match) => match[1] ?? '');
}

/** `settings.help.${setting}` stands for every key with that beginning. */
function keyPrefixes(text: string): string[] {
  return [...text.matchAll(/t\(\s*`([A-Za-z.]+\.)\$\{/g)].map((match) => match[1] ?? '');
}

/** t(cond ? `a.${x}` : `b.${x}`) holds two. */
function keyPrefixesAnywhere(text: string): string[] {
  const sections = Object.keys(en).join('|');
  return [...text.matchAll(new RegExp(`\`((?:${sections})\\.(?:[A-Za-z]+\\.)*)\\$\\{`, 'g'))].map((m) => m[1] ?? '');
}

test('both languages have the same keys', () => {
  expect([...new Set([...chinese.keys()].map(withoutPlural))].sort()).toEqual([...keys].sort());
});

test('no word is empty, and both languages fill in the same values', () => {
  const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  for (const [key, text] of chinese) {
    expect(text.trim(), key).not.toBe('');
    expect(places(text), key).toEqual(places(english.get(key) ?? ''));
  }
  for (const [key, text] of english) expect(text.trim(), key).not.toBe('');
});

test('every key used exists', () => {
  for (const { path, text } of sources) {
    for (const key of literalKeys(text).filter((name) => !CONTRACT.has(name)))
      expect(keys, `${path} uses ${key}`).toContain(key);
    for (const prefix of keyPrefixes(text))
      expect(
        [...keys].some((key) => key.startsWith(prefix)),
        `${path} uses ${prefix}…`,
      ).toBe(true);
  }
});

test('no key lies unused', () => {
  const used = new Set(sources.flatMap(({ text }) => literalKeys(text)));
  const prefixes = sources.flatMap(({ text }) => keyPrefixesAnywhere(text));
  const unused = [...keys].filter((key) => !used.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});

test('components hold no text of their own', () => {
  // Letters between tags, or in an attribute that is read out or shown.
  const between = />\s*[A-Za-z\u4e00-\u9fff][^<>{}=;()]*<\//;
  const attribute = /\b(?:aria-label|title|placeholder|alt)="[^"]*[A-Za-z\u4e00-\u9fff]/;
  for (const { path, text } of sources.filter((source) => source.path.endsWith('.tsx'))) {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
    expect(code.match(between)?.[0], path).toBeUndefined();
    expect(code.match(attribute)?.[0], path).toBeUndefined();
  }
});
