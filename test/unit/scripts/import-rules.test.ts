/** Each import that must never be (ARCHITECTURE.md) is really refused by biome.json, with the door named; and each right one is not. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const BIOME = path.join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const IMPORT = 'lint/style/noRestrictedImports';

interface Case {
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  /** In the message: which door is the right one. */
  readonly says: RegExp;
}

const refusedImport = (file: string, from: string, says: RegExp): Case => ({
  file,
  code: `import { thing } from '${from}';\nexport const used = thing;\n`,
  rule: IMPORT,
  says,
});

/** Numbered as in ARCHITECTURE.md. */
const REFUSED: Readonly<Record<string, Case>> = {
  '1 electron in the host': refusedImport('main/a.ts', 'electron', /main\/electron/),
  '1 electron in main/node': refusedImport('main/node/a.ts', 'electron', /main\/electron/),
  '1 electron in the contract': refusedImport('preload/a.ts', 'electron', /preload\/electron\.ts/),
  '1 electron in the renderer': refusedImport('renderer/a.ts', 'electron', /main\/electron/),
  '1 electron in workers': refusedImport('workers/a.ts', 'electron', /main\/electron/),
  '2 main in the renderer': refusedImport('renderer/deep/b.ts', '../../main/host.ts', /contract/),
  '2 workers in the renderer': refusedImport('renderer/c.ts', '../workers/engine.ts', /contract/),
  '2 Node in the renderer': refusedImport('renderer/d.ts', 'node:fs', /No Node here/),
  '2 Node in the contract, which the renderer takes': refusedImport('preload/b.ts', 'node:fs', /No Node here/),
  '3 main in workers': refusedImport('workers/b.ts', '../main/host.ts', /contract/),
  '3 renderer in workers': refusedImport('workers/c.ts', '../renderer/state.ts', /contract/),
  '3 workers in main': refusedImport('main/b.ts', '../workers/engine.ts', /contract/),
  '4 sharp in the pipeline': refusedImport('workers/pipeline/a.ts', 'sharp', /decode\.ts or encode\.ts/),
  '4 sharp in the host': refusedImport('main/c.ts', 'sharp', /decode\.ts or encode\.ts/),
  '4 piscina in the engine': refusedImport('workers/engine-b.ts', 'piscina', /pool\.ts/),
  '4 electron-store in the host': refusedImport('main/d.ts', 'electron-store', /settings-store\.ts/),
  '4 electron-store in the window': refusedImport('main/electron/a.ts', 'electron-store', /settings-store\.ts/),
  '4 conf in serve': refusedImport('main/serve/b.ts', 'conf', /settings-store\.ts/),
  '4 conf in the command line': refusedImport('main/cli/b.ts', 'conf', /settings-store\.ts/),
  '4 conf in main/node': refusedImport('main/node/b.ts', 'conf', /settings-store\.ts/),
  '4 WebAssembly in the pipeline': {
    file: 'workers/pipeline/b.ts',
    code: 'export const memory = new WebAssembly.Memory({ initial: 1 });\n',
    rule: 'lint/style/noRestrictedGlobals',
    says: /WebAssembly/,
  },
  '5 a filter in a filter': refusedImport('workers/filters/one/a.ts', '../two/filter.ts', /no other filter/),
  '5 the pipeline in a filter': refusedImport('workers/filters/one/b.ts', '../../pipeline/tiles.ts', /pipeline/),
  '5 codecs in a filter': refusedImport('workers/filters/one/c.ts', '../../codecs/decode.ts', /pixels/),
  '5 Node in a filter': refusedImport('workers/filters/one/d.ts', 'node:fs', /no Node/),
  '6 a named filter in the pipeline': refusedImport(
    'workers/pipeline/c.ts',
    '../filters/grayscale/filter.ts',
    /catalogue\.ts/,
  ),
  '7 main/electron in main/node': refusedImport('main/node/c.ts', '../electron/app.ts', /createHost/),
  '7 main/node in main/electron': refusedImport('main/electron/b.ts', '../node/cli.ts', /createHost/),
  '7 main/electron in the command line': refusedImport('main/cli/c.ts', '../electron/built.ts', /CliPlatform/),
  '7 main/node in the command line': refusedImport('main/cli/d.ts', '../node/engine-process.ts', /CliPlatform/),
  '7 the command line in the host': refusedImport('main/g.ts', './cli/output.ts', /start it/),
  '7 the command line in serve': refusedImport('main/serve/c.ts', '../cli/output.ts', /start it/),
  '7 serve in the host': refusedImport('main/h.ts', './serve/gate.ts', /main\/cli puts/),
  '7 main/electron in the host': refusedImport('main/e.ts', './electron/app.ts', /createHost/),
  '8 tests in the product': refusedImport('main/f.ts', '../test/helpers/photos.ts', /never imports tests/),
  '8 a cycle': {
    file: 'main/cycle-a.ts',
    code: "import { b } from './cycle-b.ts';\nexport const a = () => b;\n",
    rule: 'lint/suspicious/noImportCycles',
    says: /cycle/,
  },
  '8 a barrel': {
    file: 'preload/barrel.ts',
    code: "export { thing } from './ok.ts';\n",
    rule: 'lint/performance/noBarrelFile',
    says: /barrel/,
  },
  '8 everything exported again': {
    file: 'preload/all.ts',
    code: "export * from './ok.ts';\n",
    rule: 'lint/performance/noReExportAll',
    says: /export all/,
  },
};

const ALLOWED: Readonly<Record<string, string>> = {
  'main/cycle-b.ts': "import { a } from './cycle-a.ts';\nexport const b = () => a;\n",
  'main/electron/ok.ts': "import { app } from 'electron';\nexport const used = app;\n",
  'main/cli/ok.ts': "import { startServer } from '../serve/server.ts';\nexport const used = startServer;\n",
  'main/node/ok.ts': "import { runProgram } from '../cli/program.ts';\nexport const used = runProgram;\n",
  'main/electron/ok-cli.ts': "import { runProgram } from '../cli/program.ts';\nexport const used = runProgram;\n",
  'main/electron/settings-store.ts': "import Store from 'electron-store';\nexport const used = Store;\n",
  'main/node/settings-store.ts': "import Conf from 'conf';\nexport const used = Conf;\n",
  'preload/electron.ts': "import { ipcRenderer } from 'electron';\nexport const used = ipcRenderer;\n",
  'workers/pool.ts': "import { Piscina } from 'piscina';\nexport const used = Piscina;\n",
  'workers/codecs/ok.ts': "import sharp from 'sharp';\nexport const used = sharp;\n",
  'workers/filters/one/ok.ts': "import { defineFilter } from '../define.ts';\nexport const used = defineFilter;\n",
  'workers/filters/one/raster.ts': "import { raster } from '../../raster.ts';\nexport const used = raster;\n",
  'workers/pipeline/ok.ts': "import { filters } from '../filters/catalogue.ts';\nexport const used = filters;\n",
  'workers/kernels/load.ts': 'export const memory = new WebAssembly.Memory({ initial: 1 });\n',
  'renderer/ok.ts': "import { appContract } from '../preload/contract.ts';\nexport const used = appContract;\n",
};

interface Diagnostic {
  readonly category: string;
  readonly text: string;
}

let folder = '';
let diagnostics: ReadonlyMap<string, readonly Diagnostic[]> = new Map();

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'photomill-rules-'));
  const config = JSON.parse(readFileSync(path.join(ROOT, 'biome.json'), 'utf8'));
  writeFileSync(
    path.join(folder, 'biome.json'),
    JSON.stringify({ ...config, vcs: { enabled: false, useIgnoreFile: false } }),
  );
  cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  const files = { ...ALLOWED, ...Object.fromEntries(Object.values(REFUSED).map(({ file, code }) => [file, code])) };
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), code);
  }
  diagnostics = lint(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(cwd: string): Map<string, Diagnostic[]> {
  const args = [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
  let said = '';
  try {
    said = execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    said = (error as { stdout: string }).stdout;
  }
  const found = new Map<string, Diagnostic[]>();
  const { diagnostics } = JSON.parse(said) as {
    diagnostics: { category: string; message: string; location: { path: string } }[];
  };
  for (const { category, message, location } of diagnostics) {
    found.set(location.path, [...(found.get(location.path) ?? []), { category, text: message }]);
  }
  return found;
}

describe('imports that must never be', () => {
  it.each(Object.entries(REFUSED))('%s', (_name, { file, rule, says }) => {
    const texts = (diagnostics.get(file) ?? []).filter(({ category }) => category === rule).map(({ text }) => text);
    expect(texts).not.toEqual([]);
    expect(texts.join('\n')).toMatch(says);
  });

  it.each(Object.keys(ALLOWED))('%s is the right door', (file) => {
    const wrong = (diagnostics.get(file) ?? []).filter(({ category }) => category !== 'lint/suspicious/noImportCycles');
    expect(wrong).toEqual([]);
  });
});
