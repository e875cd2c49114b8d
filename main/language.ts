/** Owns which of the product's languages a reader gets from what a system says of them. */
import type { Language } from '../preload/text.ts';

/** @param tags BCP 47 (`zh-Hans-CN`, `en-GB`) or POSIX (`zh_CN.UTF-8`), the most wanted first; the first known one counts. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split(/[-_.@]/)[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}
