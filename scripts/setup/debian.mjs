/**
 * Owns the system packages that tests and the window need on Debian and its children, and how they are got.
 * Knows nothing of other systems: there it only says what is missing.
 */
import { existsSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { run, say } from './run.mjs';

/** What Electron's binary links and opens at start. */
export const ELECTRON_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
];
/** A display without a screen, the browser that `serve` is tested in, and a font for the Chinese window. */
export const TEST_PACKAGES = [...ELECTRON_PACKAGES, 'xvfb', 'chromium', 'fonts-noto-cjk'];

/** @returns {Promise<boolean>} whether all are there now; what could not be done was said */
export async function ensureDebianPackages(packages, reason) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return true;
  const missing = await missingOf(packages);
  if (missing.length === 0) return true;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...missing];
  const asRoot = await rootPrefix();
  if (!asRoot) {
    say(`${reason} needs system packages. Run this once:\n  sudo ${install.join(' ')}`);
    return false;
  }
  return withLock('setup', async () => {
    say(`Installing system packages for ${reason}: ${missing.join(' ')}…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await apt([...asRoot, 'apt-get', 'update', '-qq'], env);
    const done = await apt([...asRoot, ...install], env);
    if (done.code !== 0) say(`apt-get could not install them:\n${done.stdout.slice(-1000)}${done.stderr.slice(-2000)}`);
    return done.code === 0;
  });
}

function apt([command, ...args], env) {
  return run(command, args, { env, timeoutMs: 1_200_000 });
}

/**
 * Ubuntu 24.04 and Debian 13 renamed some (libgtk-3-0t64 provides libgtk-3-0): what is installed and what it provides
 * are both looked at.
 */
async function missingOf(packages) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const answer = await run('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}|${Package}|${Provides}\n']);
  const present = new Set();
  for (const line of answer.stdout.split('\n')) {
    const [status, name, provides = ''] = line.split('|');
    if (!status?.startsWith('ii')) continue;
    present.add(name);
    for (const provided of provides.split(',')) present.add(provided.trim().split(/[ (]/)[0]);
  }
  return packages.filter((name) => !present.has(name));
}

/** How to run something as root without asking for a password; null where that can't be done. */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return (await run('sudo', ['-n', 'true'], { timeoutMs: 10_000 })).code === 0 ? ['sudo', '-n'] : null;
}
