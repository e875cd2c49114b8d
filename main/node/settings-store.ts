/** Owns the settings file under plain Node (terminal and serve) through conf. Its twin for Electron is electron/settings-store.ts. */
import Conf from 'conf';
import type { SettingsStore } from '../settings.ts';

/** @throws SyntaxError for a file that is no JSON, the system's error where it cannot be written: settings.ts sees to both. */
export function openNodeStore(folder: string): SettingsStore {
  const store = new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: 'settings',
    // True would replace a broken file by nothing.
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
  });
  return {
    read: () => ({ ...store.store }),
    write: (values) => store.set({ ...values }),
  };
}
