/** Owns settings as they are typed, and their way back to what the contract allows. Pure. */
import type { Settings, settingsSchema } from '../../preload/contract.ts';

export const NUMBERS = ['tileSize', 'workers', 'memoryBytes', 'pixelLimit'] as const;
export type NumberSetting = (typeof NUMBERS)[number];

/** Numbers as typed, in the unit shown: MB of memory, megapixels of a limit. Empty is `auto`. */
export type Draft = Readonly<Record<NumberSetting, string>> & { readonly language: Settings['language'] };

const UNITS: Readonly<Record<NumberSetting, number>> = {
  tileSize: 1,
  workers: 1,
  memoryBytes: 1_000_000,
  pixelLimit: 1_000_000,
};

export function draftOf(settings: Settings): Draft {
  const text = (setting: NumberSetting) => {
    const value = settings[setting];
    return value === 'auto' ? '' : String(Math.round((value / UNITS[setting]) * 1000) / 1000);
  };
  return {
    tileSize: text('tileSize'),
    workers: text('workers'),
    memoryBytes: text('memoryBytes'),
    pixelLimit: text('pixelLimit'),
    language: settings.language,
  };
}

type Patch = Pick<Settings, NumberSetting | 'language'>;

/** The patch to save, or which fields keep it from being one. */
export function parseDraft(
  draft: Draft,
  schema: typeof settingsSchema,
): { readonly patch: Patch | null; readonly wrong: readonly NumberSetting[] } {
  const value = (setting: NumberSetting) => {
    const text = draft[setting].trim();
    return text === '' || text.toLowerCase() === 'auto' ? 'auto' : Math.round(Number(text) * UNITS[setting]);
  };
  const parsed = schema.omit({ last: true }).safeParse({
    tileSize: value('tileSize'),
    workers: value('workers'),
    memoryBytes: value('memoryBytes'),
    pixelLimit: value('pixelLimit'),
    language: draft.language,
  });
  if (parsed.success) return { patch: parsed.data, wrong: [] };
  const wrong = NUMBERS.filter((setting) => parsed.error.issues.some((issue) => issue.path[0] === setting));
  return { patch: null, wrong };
}
