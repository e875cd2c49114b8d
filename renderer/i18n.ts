/** Owns which language the window speaks and its words' lookup. The words are in locales/, faults' in preload/faults.ts. */
import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '../preload/text.ts';
import en from './locales/en.json';
import zhCN from './locales/zh-CN.json';
import type { State } from './state.ts';
import { readState, useStore } from './store.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** The photographer's choice, else the host's guess, else (no host yet) the browser's. */
function languageOf(state: Pick<State, 'settings' | 'hello'>, browser: string): Language {
  const chosen = state.settings?.language ?? 'auto';
  if (chosen !== 'auto') return chosen;
  return state.hello?.locale ?? (browser.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}

export async function followLanguage(): Promise<void> {
  const current = () => languageOf(readState(), navigator.language);
  await i18next.use(initReactI18next).init({
    lng: current(),
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    // React escapes by itself; twice would show &amp; in file names.
    interpolation: { escapeValue: false },
  });
  const apply = (language: Language) => {
    document.documentElement.lang = language;
    if (i18next.language !== language) void i18next.changeLanguage(language);
  };
  apply(current());
  useStore.subscribe(() => apply(current()));
}

/** The words of the window and the language they are in. */
export interface Words {
  readonly t: TFunction;
  readonly language: Language;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language === 'zh-CN' ? 'zh-CN' : 'en' };
}
