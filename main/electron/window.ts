/** Owns the window: its sandboxed page, its place, and the progress on the dock. Its title is the page's own. */
import { BrowserWindow } from 'electron';
import type { Progress } from '../../preload/contract.ts';
import { PAGE_ORIGIN } from './page-file.ts';
import { keepPlace, readPlace } from './window-place.ts';

/** R = G = B: the frame before the first paint is the page's own grey, so nothing flashes. */
const BACKGROUND = '#4f4f4f';
const DEFAULT_SIZE = { width: 1440, height: 900 };
const SMALLEST = { minWidth: 960, minHeight: 600 };

export interface WindowParts {
  readonly preload: string;
  readonly icon: string;
  /** Folder where its place is kept. */
  readonly data: string;
}

export function openWindow({ preload, icon, data }: WindowParts): BrowserWindow {
  const place = readPlace(data);
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(place === null ? {} : { x: place.x, y: place.y, width: place.width, height: place.height }),
    ...SMALLEST,
    title: 'Photomill',
    backgroundColor: BACKGROUND,
    show: false,
    autoHideMenuBar: true,
    icon,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      // Progress and thumbnails go on while the window is behind others.
      backgroundThrottling: false,
    },
  });
  if (place?.maximised) window.maximize();
  keepPlace(window, data);
  window.once('ready-to-show', () => window.show());
  reloadAfterCrash(window);
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
}

/** On the dock or the task bar, so that one sees it from another program. */
export function showProgress(window: BrowserWindow, progress: Progress | null): void {
  if (!window.isDestroyed()) window.setProgressBar(progress === null ? -1 : progress.fraction);
}

/** A page that crashed comes back (F58); one that crashes three times within a minute is left as it is. */
function reloadAfterCrash(window: BrowserWindow): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < 60_000), now];
    process.stderr.write(`Photomill: the page ended (${reason})\n`);
    // A turn later: reloading from within this event ends the main process too (SIGILL in Electron 42).
    if (crashes.length < 3) setImmediate(() => window.isDestroyed() || window.webContents.reload());
  });
}
