/** Owns how tests run the real `photomill serve` from .build and open it in a real Chromium. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { ROOT_FLAGS } from './window.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');

export interface Serving {
  /** With the token. */
  readonly url: string;
  /** @returns its exit code after Ctrl-C */
  stop(): Promise<number | null>;
}

/** @param cwd below which it lets one look around */
export async function serve(data: string, cwd: string): Promise<Serving> {
  const child = spawn(process.execPath, [resolve(ROOT, '.build/main/cli.js'), 'serve', '--port', '0'], {
    cwd,
    env: { ...process.env, PHOTOMILL_DATA: data, LC_ALL: 'en_GB.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((found, failed) => {
    const hear = (text: string) => {
      said += text;
      const address = /http:\/\/\S+#token=\S+/.exec(said);
      if (address !== null) found(address[0]);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('exit', (code) => failed(new Error(`serve ended with ${code}: ${said}`)));
  });
  return {
    url,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGINT');
        await once(child, 'exit');
      }
      return child.exitCode;
    },
  };
}

/** Debian's own, where it is; else the one Playwright brought. */
export function openChromium(): Promise<Browser> {
  const system = '/usr/bin/chromium';
  return chromium.launch({ args: ROOT_FLAGS, ...(existsSync(system) ? { executablePath: system } : {}) });
}
