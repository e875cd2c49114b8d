import { expect, it } from 'vitest';
import { languageOf } from '../../main/language.ts';

it.each([
  [['zh-Hans-CN', 'en-GB'], 'zh-CN'],
  [['zh_CN.UTF-8'], 'zh-CN'],
  [['de-DE', 'zh-TW'], 'zh-CN'],
  [['en-GB', 'zh-CN'], 'en'],
  [['de-DE'], 'en'],
  [['C.UTF-8'], 'en'],
  [[], 'en'],
])('%j reads as %s', (tags, language) => {
  expect(languageOf(tags)).toBe(language);
});
