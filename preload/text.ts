/** Owns what "text in every language" means; knows nothing of where text is shown. */

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One sentence or label in each language of the product. */
export interface Localised {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** Fills `{name}` places of a template; an unknown place stays as it is, so a gap is seen and not hidden. */
export function fill(template: string, detail: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = detail[name];
    return value === undefined ? whole : String(value);
  });
}
