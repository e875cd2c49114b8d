/** Owns how tests open the real app: Electron from .build with a data folder of its own, the system's dialogs answered. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test';

const ROOT = resolve(import.meta.dirname, '..', '..');

export interface App {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** What the page's console said in error, CSP reports included. */
  readonly complaints: readonly string[];
  /** What the app said on stderr. */
  stderr(): string;
  /** What the next dialogs of the system answer. */
  answerDialogs(paths: readonly string[] | null): Promise<void>;
  close(): Promise<void>;
}

interface Fixtures {
  /** A temporary folder, removed at the end. */
  readonly folder: string;
  /** PHOTOMILL_DATA of the apps opened here. */
  readonly data: string;
  readonly openApp: (options?: { language?: 'en' | 'zh-CN' }) => Promise<App>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'photomill-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  data: async ({ folder }, use) => {
    const data = join(folder, 'data');
    await mkdir(data);
    await use(data);
  },
  openApp: async ({ data }, use) => {
    const opened: App[] = [];
    await use(async ({ language = 'en' } = {}) => {
      const app = await launch(data, language);
      opened.push(app);
      return app;
    });
    for (const app of opened) await app.close();
  },
});

/** As root Chromium has no sandbox of its own; the page's own (no Node, isolated world) is tested all the same. */
export const ROOT_FLAGS = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * Playwright finds the electron package's program through this variable. Given as `executablePath`, it would leave out
 * its loader, which holds `ready` back until the driver listens: then a window that opens meanwhile hangs it for good
 * (1 start in 20).
 */
function chooseElectron(): void {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return;
  const found = join(ROOT, '.cache', 'electron.json');
  if (!existsSync(found)) throw new Error('No Electron: run `npm test -- e2e`, which sets it up.');
  process.env.ELECTRON_OVERRIDE_DIST_PATH = JSON.parse(readFileSync(found, 'utf8')).electron.dist;
}

async function launch(data: string, language: string): Promise<App> {
  chooseElectron();
  const app = await electron.launch({
    args: [...ROOT_FLAGS, `--lang=${language}`, ROOT],
    env: { ...strings(process.env), PHOTOMILL_DATA: data, LANGUAGE: language, LC_ALL: 'C.UTF-8' },
  });
  let said = '';
  app
    .process()
    .stderr?.setEncoding('utf8')
    .on('data', (text) => {
      said += text;
    });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await expect(page.locator('main.workspace')).toBeVisible();
  let closed = false;
  return {
    electron: app,
    page,
    complaints,
    stderr: () => said,
    answerDialogs: (paths) =>
      app.evaluate(({ dialog }, answer) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: answer === null, filePaths: [...(answer ?? [])] });
      }, paths),
    async close() {
      if (closed) return;
      closed = true;
      await app.close();
    },
  };
}

function strings(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** Adds a filter from the catalogue by its name. */
export async function addFilter(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Clicks Process and waits for the line at the end. */
export async function processAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Process / }).click();
  await expect(page.getByRole('status', { name: 'Summary' })).toBeVisible({ timeout: 45_000 });
}
