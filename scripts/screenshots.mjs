/**
 * Owns the pictures of the window: states and languages, taken of the real app on a display without a screen. Run by
 * hand when the window changes. Alone it renews the README's two in assets/screenshots; `node scripts/screenshots.mjs
 * <folder>` puts all of them there, to be looked at.
 */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { withDisplay } from './setup/display.mjs';
import { at, ROOT } from './setup/paths.mjs';
import { say } from './setup/run.mjs';
import { setUp, setUpTests } from './setup.mjs';

await setUp(import.meta.url);
await build();
const installed = await setUpTests();
if (!installed) process.exit(1);
const { default: sharp } = await import('sharp');
const { drawScenes } = await import('./screenshots/scenes.mjs');
const { _electron } = await import('@playwright/test');
// Playwright's own way to another Electron: with `executablePath` it leaves out its loader, and may hang.
process.env.ELECTRON_OVERRIDE_DIST_PATH = installed.dist;

const CHAIN = [
  { filter: 'grayscale', params: {}, enabled: true },
  { filter: 'unsharp-mask', params: { sigma: 2, amount: 1.2 }, enabled: true },
];
/** Which of them the README shows, and how they are called there. */
const FOR_README = { 'working-en.webp': 'workspace.webp', 'finished-zh-CN.webp': 'workspace-zh-CN.webp' };
const [folder] = process.argv.slice(2);
const out = folder ?? at('assets', 'screenshots');
mkdirSync(out, { recursive: true });
const temp = mkdtempSync(path.join(tmpdir(), 'photomill-screenshots-'));
const source = path.join(temp, 'Autumn walk');
mkdirSync(source);
const drawn = await drawScenes(source);
// One whose copy was interrupted, so that the finished state shows what a failure looks like.
truncateSync(drawn[3], 400_000);

try {
  await withDisplay(async (env) => {
    for (const language of ['en', 'zh-CN']) {
      await shots(env, language, { width: 1440, height: 900 });
    }
    await shots(env, 'en', { width: 1100, height: 720 });
  });
} finally {
  rmSync(temp, { recursive: true, force: true });
}

async function shots(env, language, size) {
  const data = mkdtempSync(path.join(temp, 'data-'));
  const wide = size.width === 1440;
  writeFileSync(path.join(data, 'settings.json'), JSON.stringify({ language }));
  writeFileSync(path.join(data, 'window.json'), JSON.stringify({ x: 0, y: 0, ...size, maximised: false }));
  const save = async (page, state) => {
    const full = `${state}-${language}${wide ? '' : `-${size.width}`}.webp`;
    const name = folder === undefined ? FOR_README[full] : full;
    if (name === undefined) return;
    const png = await page.screenshot();
    await sharp(png).webp({ quality: 90, effort: 6 }).toFile(path.join(out, name));
    say(name);
  };
  await withApp(env, data, async (page) => {
    await page.locator('.empty-drop').waitFor();
    if (wide) await save(page, 'empty');
  });
  const last = { source, chain: CHAIN, output: { folder: path.join(temp, 'Autumn walk finished') } };
  writeFileSync(path.join(data, 'settings.json'), JSON.stringify({ language, last }));
  await withApp(env, data, async (page) => {
    await page.locator('.button-run:enabled').waitFor();
    await page.waitForTimeout(2500);
    await save(page, 'ready');
    await page.locator('.button-run').click();
    await page.waitForTimeout(1500);
    if (wide) await save(page, 'working');
    await page.locator('.finished').waitFor({ timeout: 60_000 });
    await page.locator('.finished-acts button').first().click();
    await page.waitForTimeout(1000);
    if (wide) await save(page, 'finished');
  });
}

async function withApp(env, data, look) {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    args: [...root, ROOT],
    env: { ...env, PHOTOMILL_DATA: data },
  });
  try {
    await look(await app.firstWindow());
  } finally {
    await app.close();
  }
}
