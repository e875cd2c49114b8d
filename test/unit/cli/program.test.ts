/** Wrong use: said on stderr with a remedy, exit 2, nothing done. No engine is started for any of these. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../../../main/cli/output.ts';
import type { CliPlatform } from '../../../main/cli/platform.ts';
import { runProgram } from '../../../main/cli/program.ts';
import { memoryBytes } from '../../../main/cli/values.ts';
import { openNodeStore } from '../../../main/node/settings-store.ts';
import { fill, freshFolder } from '../../helpers/folders.ts';

const platform: CliPlatform = {
  spawnEngine: () => Promise.reject(new Error('no engine is started for wrong use')),
  openStore: openNodeStore,
  builtFolder: '/nowhere',
};
let folder: string;
let out: string;

beforeEach(() => {
  folder = freshFolder();
  fill(folder, 'photos/a.jpg');
  out = path.join(folder, 'out');
  process.env.PHOTOMILL_DATA = path.join(folder, 'data');
});

async function run(...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const terminal: Terminal = {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    isTty: false,
    columns: () => 80,
    hungUp: new AbortController().signal,
    flush: async () => {},
  };
  const status = await runProgram(platform, terminal, args);
  return { status, stdout, stderr };
}

const photos = () => path.join(folder, 'photos');

describe('wrong use', () => {
  it.each([
    ['an unknown option', ['--bogus'], 'E_USAGE'],
    ['quality 0', ['--quality', '0'], 'E_USAGE'],
    ['quality 90.5', ['--quality', '90.5'], 'E_USAGE'],
    ['a format it cannot write', ['--format', 'gif'], 'E_USAGE'],
    ['9 bits', ['--depth', '9'], 'E_USAGE'],
    ['no workers', ['--workers', '0'], 'E_USAGE'],
    ['tiles of 8 px', ['--tile-size', '8'], 'E_USAGE'],
    ['memory in words', ['--memory', 'lots'], 'E_USAGE'],
    ['memory for nothing', ['--memory', '1MB'], 'E_USAGE'],
    ['an unknown rule', ['--on-conflict', 'replace'], 'E_USAGE'],
    ['an empty name', ['--name', ''], 'E_USAGE'],
    ['an unknown token', ['--name', '{title}'], 'E_TEMPLATE'],
    ['a template that leads out', ['--name', '../{name}'], 'E_PATH'],
    ['an option without its value', ['--filter'], 'E_USAGE'],
    ['steps from two places', ['--filter', 'grayscale', '--recipe', 'aerial'], 'E_USAGE'],
    ['a source that is not there', ['/nowhere/at/all'], 'E_NO_SOURCE'],
    ['an empty source', [''], 'E_NO_SOURCE'],
  ])('%s', async (_, more, code) => {
    const { status, stdout, stderr } = await run('process', photos(), '--out', out, '--json', ...more);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^.+ \\[${code}\\]\n.+\n$`));
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(photos())).toEqual(['a.jpg']);
  });

  it.each([
    ['no source', ['process', '--out', '/tmp/x']],
    ['no output folder', ['process', '/tmp']],
    ['a command of a later version', ['watch', '/tmp', '--out', '/tmp/x']],
    ['a word too many', ['filters', 'grayscale']],
    ['a folder to inspect', ['inspect', '/tmp']],
    ['a port out of range', ['serve', '--port', '70000']],
  ])('%s', async (_, args) => {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^.+ \[E_USAGE\]\n"photomill --help" shows every command and option\.\n$/);
  });

  it('says what was meant', async () => {
    expect((await run('proces', '/tmp')).stderr).toContain('Did you mean process?');
  });

  it('shows the help when nothing was asked', async () => {
    const { status, stdout, stderr } = await run();
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: photomill');
  });
});

it('answers --help and --version on stdout, with success', async () => {
  const help = await run('--help');
  expect([help.status, help.stderr]).toEqual([0, '']);
  for (const command of ['process', 'filters', 'recipes', 'inspect', 'serve', 'doctor'])
    expect(help.stdout).toContain(`  ${command}`);
  const version = await run('--version');
  expect([version.status, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});

it.each([
  ['536870912', 536_870_912],
  ['512MB', 512e6],
  ['512 mb', 512e6],
  ['2GB', 2e9],
  ['1.5g', 1.5e9],
  ['2GiB', 2 ** 31],
])('--memory %s is %d bytes', (text, bytes) => expect(memoryBytes(text)).toBe(bytes));
