/** Owns the settings file in Electron through electron-store: the same file, written the same way, as node/settings-store.ts. */
import ElectronStore from 'electron-store';
import type { SettingsStore } from '../settings.ts';

/** @throws SyntaxError for a file that is no JSON, the system's error where it cannot be written: settings.ts sees to both. */
export function openElectronStore(folder: string): SettingsStore {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: folder,
    name: 'settings',
    // True would replace a broken file by nothing.
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
  });
  return {
    read: () => ({ ...store.store }),
    write: (values) => store.set({ ...values }),
  };
}
