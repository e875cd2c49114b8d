/**
 * Owns the desktop app's life: one instance, its data folder, and the wiring of host, engine and window. The one place
 * that knows them all; each knows only what it is handed here.
 */
import { join } from 'node:path';
import { app, type BrowserWindow, shell } from 'electron';
import { createEngine } from '../engine.ts';
import { createGrants } from '../grants.ts';
import { createHost, type Host } from '../host.ts';
import { languageOf } from '../language.ts';
import { dataFolder } from '../paths.ts';
import { openSettings } from '../settings.ts';
import { BUILT, ENGINE_ENTRY } from './built.ts';
import { askToQuit, createDialogs } from './dialogs.ts';
import { spawnUtilityEngine } from './engine-process.ts';
import { guardEveryPage, guardSession } from './guards.ts';
import { openIpc } from './ipc.ts';
import { setMenu } from './menu.ts';
import { declareProtocol, servePage } from './protocol.ts';
import { openElectronStore } from './settings-store.ts';
import { openWindow, showProgress } from './window.ts';

/** A batch that is cancelled answers within 2 s (issue 2); beyond this the engine hangs and goes down with us. */
const CLOSE_WITHIN_MS = 4_000;

/** Before Electron is ready. */
export function openApp(): void {
  const data = dataFolder();
  app.setPath('userData', data);
  // Chromium's own caches stay out of the way of settings.json.
  app.setPath('sessionData', join(data, 'chromium'));
  // Takes --no-sandbox back from Chromium's helpers, which then refuse to run for root (containers, tests).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  declareProtocol();
  guardEveryPage();

  if (app.requestSingleInstanceLock()) {
    // Not a top-level await: Electron is ready only once the entry has been evaluated, so that would wait for itself.
    void app.whenReady().then(() => start(data));
  } else {
    app.quit();
  }
}

async function start(data: string): Promise<void> {
  let window: BrowserWindow | null = null;
  const settings = openSettings(data, openElectronStore);
  const locale = languageOf(app.getPreferredSystemLanguages());
  const language = () => {
    const chosen = settings.read().language;
    return chosen === 'auto' ? locale : chosen;
  };
  const grants = createGrants();
  const { last } = settings.read();
  for (const path of [last.source, last.output.folder]) if (path) await grants.grant(path).catch(() => {});

  const host = createHost({
    kind: 'electron',
    version: app.getVersion(),
    locale,
    engine: createEngine(spawnUtilityEngine(ENGINE_ENTRY)),
    settings,
    recipesFolder: join(data, 'recipes'),
    access: grants,
    dialogs: createDialogs(() => window, language),
    reveal: (path) => shell.showItemInFolder(path),
    listFolder: null,
  });
  guardSession();
  servePage(join(BUILT, 'renderer'));
  openIpc({ connect: host.connect, grant: grants.grant });
  setMenu();

  window = openWindow({ preload: join(BUILT, 'preload', 'electron.cjs'), icon: join(BUILT, 'icon.png'), data });
  const opened = window;
  host.onProgress((progress) => showProgress(opened, progress));
  opened.on('close', (event) => {
    if (!host.busy) return;
    event.preventDefault();
    void askToQuit(opened, language()).then((quit) => {
      if (quit) closeThenExit(host);
    });
  });
  app.on('second-instance', () => {
    if (opened.isMinimized()) opened.restore();
    opened.focus();
  });
  app.on('window-all-closed', () => closeThenExit(host));
  // A terminal's Ctrl-C or a logout asks nobody.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => closeThenExit(host));
}

let closing = false;
/** Waits until what is in work is cancelled and its partial files are gone. */
function closeThenExit(host: Host): void {
  if (closing) return;
  closing = true;
  const late = setTimeout(() => app.exit(0), CLOSE_WITHIN_MS);
  void host.close().finally(() => {
    clearTimeout(late);
    app.exit(0);
  });
}
