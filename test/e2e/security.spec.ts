/** F88–F90: what a page in the window may not do, tried in the real one. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../helpers/window.ts';

test('the page is sandboxed, isolated and without Node', async ({ openApp }) => {
  const { electron, page } = await openApp();
  const preferences = await electron.evaluate(({ BrowserWindow }) => {
    // Electron's own tests read them this way; the types leave it out.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  });
  const seen = await page.evaluate(() => ({
    require: typeof Reflect.get(window, 'require'),
    process: typeof Reflect.get(window, 'process'),
    module: typeof Reflect.get(window, 'module'),
    bridge: Object.keys(Reflect.get(window, 'photomill')).sort(),
  }));
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    module: 'undefined',
    bridge: ['connect', 'grantDropped'],
  });
});

test('it does not leave its address and opens no window', async ({ openApp }) => {
  const { electron, page } = await openApp();
  for (const address of ['https://example.com/', 'file:///etc/passwd', 'photomill://evil/']) {
    await page.evaluate((to) => {
      location.href = to;
    }, address);
    await page.waitForTimeout(200);
    expect(page.url()).toBe('photomill://app/');
  }
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  expect(await page.evaluate(() => window.open('photomill://app/'))).toBeNull();
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the policy of the page is strict and holds', async ({ openApp }) => {
  const { page } = await openApp();
  const policy = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe-(inline|eval)/);
  const tried = await page.evaluate(async () => {
    const reports: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => reports.push(event.effectiveDirective));
    const run = (act: () => void) => {
      try {
        act();
        return 'ran';
      } catch {
        return 'refused';
      }
    };
    const html = run(() => {
      document.createElement('div').innerHTML = '<img src=x onerror="window.hacked = true">';
    });
    // From a timer, so that it is the page that asks and not the test's debugger, which the policy lets pass.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        resolve(run(() => Reflect.construct(Function, ['window.hacked = true'])()));
      });
    });
    const script = run(() => {
      const element = document.createElement('script');
      element.textContent = 'window.hacked = true';
      document.body.append(element);
    });
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
    const fetched = await fetch('https://example.com/').then(
      () => 'ran',
      () => 'refused',
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { html, evaluated, script, fetched, hacked: Reflect.get(window, 'hacked'), reports };
  });
  expect(tried).toMatchObject({ html: 'refused', evaluated: 'refused', script: 'refused', fetched: 'refused' });
  expect(tried.hacked).toBeUndefined();
  expect(tried.reports).toEqual(expect.arrayContaining(['require-trusted-types-for', 'frame-src', 'connect-src']));
});

test('nothing but the built page is served, however the address is written', async ({ openApp }) => {
  const { page } = await openApp();
  const addresses = [
    '/../main/electron.js',
    '/..%2fmain/electron.js',
    '/%2e%2e/main/electron.js',
    '/assets/..%2f..%2fmain/electron.js',
    '/..%5cmain%5celectron.js',
    '/%2fetc/passwd',
    '/stamps.json',
  ];
  const answers = await page.evaluate(
    (all) => Promise.all(all.map((address) => fetch(`photomill://app${address}`).then(({ status }) => status))),
    addresses,
  );
  expect(answers).toEqual(addresses.map(() => 404));
});

test('IPC from another page is not answered', async ({ folder, openApp }) => {
  const { electron } = await openApp();
  const preload = join(import.meta.dirname, '..', '..', '.build', 'preload', 'electron.cjs');
  await mkdir(join(folder, 'web'));
  const foreign = join(folder, 'web', 'index.html');
  await writeFile(foreign, '<!doctype html><title>foreign</title>');
  const answer = await electron.evaluate(
    async ({ BrowserWindow }, paths) => {
      // A page of another origin that got our preload all the same.
      const window = new BrowserWindow({ show: false, webPreferences: { preload: paths.preload, sandbox: true } });
      await window.loadFile(paths.foreign);
      const said = await window.webContents.executeJavaScript(`new Promise((resolve) => {
        addEventListener('message', () => resolve('port'));
        photomill.connect(crypto.randomUUID());
        setTimeout(() => resolve('silence'), 1500);
      })`);
      const granted = await window.webContents.executeJavaScript(
        "photomill.grantDropped([]).then(() => 'granted', () => 'refused')",
      );
      window.destroy();
      return { said, granted };
    },
    { preload, foreign },
  );
  expect(answer).toEqual({ said: 'silence', granted: 'refused' });
});

test('every channel is a known one', async ({ openApp }) => {
  const { electron } = await openApp();
  const channels = await electron.evaluate(({ ipcMain }) => {
    const handled = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, unknown>;
    return { heard: ipcMain.eventNames().map(String), handled: [...handled.keys()] };
  });
  // Electron's own: an emitter's `error`, and the release of textures that nobody here shares.
  const own = (name: string) => name !== 'error' && !name.startsWith('IMPORT_SHARED_TEXTURE');
  expect(channels.heard.filter(own)).toEqual(['photomill:connect']);
  expect(channels.handled.filter(own)).toEqual(['photomill:grant']);
});

test('a path that was not chosen is refused over the port', async ({ openApp }) => {
  const { page } = await openApp();
  const answer = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const nonce = crypto.randomUUID();
        addEventListener('message', (event) => {
          const [port] = event.ports;
          if (event.data?.nonce !== nonce || port === undefined) return;
          port.onmessage = ({ data }) => {
            if (data.id === 1) resolve(data);
          };
          port.postMessage({
            v: 1,
            kind: 'request',
            id: 1,
            method: 'source.open',
            params: { paths: ['/etc'], recursive: true },
          });
        });
        Reflect.get(window, 'photomill').connect(nonce);
      }),
  );
  expect(answer).toMatchObject({ kind: 'fault', fault: { code: 'E_NOT_GRANTED' } });
});
