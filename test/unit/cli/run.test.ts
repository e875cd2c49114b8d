/** The built command line as scripts run it: its own process, the real engine, signals and pipes. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { photo } from '../../helpers/batches.ts';
import { freshFolder, makePipe } from '../../helpers/folders.ts';

const PROGRAM = path.resolve('.build/main/cli.js');
let folder: string;
let photos: string;
let out: string;

beforeEach(() => {
  folder = freshFolder();
  photos = path.join(folder, 'photos');
  out = path.join(folder, 'out');
  mkdirSync(photos);
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  args: readonly string[],
  onStdout?: (text: string, child: ReturnType<typeof spawn>) => void,
): Promise<Ended> {
  const env = { ...process.env, PHOTOMILL_DATA: path.join(folder, 'data') };
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onStdout?.(text, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

const events = (stdout: string): { readonly [key: string]: unknown }[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const process_ = (...more: readonly string[]) => ['process', photos, '--out', out, '--filter', 'grayscale', ...more];

describe('photomill process', () => {
  it('makes one result a photo, names the one that failed, and exits with 1', async () => {
    const jpeg = await photo(400, 300).jpeg().toBuffer();
    writeFileSync(path.join(photos, 'good.jpg'), jpeg);
    writeFileSync(path.join(photos, 'cut.jpg'), jpeg.subarray(0, jpeg.length / 3));
    writeFileSync(path.join(photos, 'notes.txt'), 'no picture');
    makePipe(path.join(photos, 'pipe.jpg'));

    const { status, stdout, stderr } = await run(process_('--filter', 'gaussian-blur:sigma=1.4', '--json'));

    expect([status, stderr]).toEqual([1, '']);
    const lines = events(stdout);
    expect(lines[0]).toMatchObject({ type: 'planned', files: 4 });
    const files = lines.filter(({ type }) => type === 'file');
    expect(
      Object.fromEntries(
        files.map(({ source, status: how, code }) => [path.basename(String(source)), `${how} ${code}`]),
      ),
    ).toEqual({
      'cut.jpg': 'failed E_TRUNCATED',
      'good.jpg': 'done null',
      'notes.txt': 'skipped E_NOT_IMAGE',
      'pipe.jpg': 'skipped E_NOT_FILE',
    });
    expect(lines.at(-1)).toMatchObject({ type: 'summary', done: 1, failed: 1, skipped: 2, cancelled: 0 });
    expect(readdirSync(out)).toEqual(['good.jpg']);
  });

  it('takes its own results for nothing when they lie in the source, and exits with 0', async () => {
    writeFileSync(path.join(photos, 'a.png'), await photo(64, 64).png().toBuffer());
    out = path.join(photos, 'results');
    for (const name of ['a.png', 'a-2.png']) {
      const { status, stdout } = await run(process_());
      expect(status).toBe(0);
      expect(stdout).toContain(`→ ${path.join(out, name)}`);
      expect(stdout).toContain('1 done, 0 failed, 0 skipped');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    }
  });

  it('refuses an unknown filter, a value out of range and its own source folder with 2, and does nothing', async () => {
    writeFileSync(path.join(photos, 'a.png'), await photo(64, 64).png().toBuffer());
    const attempts = [
      [process_('--filter', 'sepia'), 'E_NO_FILTER'],
      [process_('--filter', 'gaussian-blur:sigma=-1'), 'E_PARAM'],
      [process_('--filter', 'expression:r=r*('), 'E_EXPRESSION'],
      [['process', photos, '--out', photos], 'E_OUTPUT_IS_SOURCE'],
      [['process', photos, '--out', path.join(photos, 'a.png', 'x')], 'E_OUTPUT_FOLDER'],
    ] as const;
    for (const [args, code] of attempts) {
      const { status, stdout, stderr } = await run(args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`[${code}]`);
    }
    expect(readdirSync(folder).sort()).toEqual(['data', 'photos']);
    expect(readdirSync(photos)).toEqual(['a.png']);
  });

  it('cancels at the first Ctrl-C: within 2 s, with a summary, 130, and no partial file (F60)', async () => {
    const large = await photo(3000, 2000).jpeg().toBuffer();
    for (let n = 0; n < 12; n++) writeFileSync(path.join(photos, `${n}.jpg`), large);
    let interruptedAt = 0;
    const { status, stdout } = await run(process_('--filter', 'gaussian-blur:sigma=60', '--json'), (text, child) => {
      if (interruptedAt > 0 || !text.includes('"planned"')) return;
      interruptedAt = performance.now();
      child.kill('SIGINT');
    });
    expect(performance.now() - interruptedAt).toBeLessThan(2_000);
    expect(status).toBe(130);
    const lines = events(stdout);
    const { done, cancelled } = lines.at(-1) as { done: number; cancelled: number };
    expect(lines.filter(({ type }) => type === 'file')).toHaveLength(12);
    expect(cancelled).toBeGreaterThan(0);
    expect(done + cancelled).toBe(12);
    expect(readdirSync(out)).toHaveLength(done);
  });

  it('ends quietly when nobody reads any more', async () => {
    const large = await photo(1500, 1000).jpeg().toBuffer();
    for (let n = 0; n < 8; n++) writeFileSync(path.join(photos, `${n}.jpg`), large);
    const { status, stderr } = await run(process_('--filter', 'gaussian-blur:sigma=60', '--json'), (_, child) =>
      child.stdout?.destroy(),
    );
    expect([status, stderr]).toEqual([130, '']);
    expect(readdirSync(out).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

it('photomill filters --json has every key for every param', async () => {
  const { status, stdout } = await run(['filters', '--json']);
  expect(status).toBe(0);
  const filters = JSON.parse(stdout) as {
    id: string;
    label: string;
    depth: number[];
    params: Record<string, unknown>[];
  }[];
  expect(filters.map(({ id }) => id)).toEqual(expect.arrayContaining(['grayscale', 'gaussian-blur', 'unsharp-mask']));
  for (const { label, depth, params } of filters) {
    expect([typeof label, depth]).toEqual(['string', [8, 16]]);
    for (const param of params) {
      expect(Object.keys(param)).toEqual(
        expect.arrayContaining(['name', 'type', 'min', 'max', 'step', 'default', 'unit', 'help']),
      );
    }
  }
  const sigma = filters.find(({ id }) => id === 'gaussian-blur')?.params.find(({ name }) => name === 'sigma');
  expect(sigma).toMatchObject({ type: 'number', unit: 'px', min: expect.any(Number), max: expect.any(Number) });
});

it('photomill inspect tells a photo from what is none, and what a format would lose', async () => {
  const file = path.join(photos, 'a.png');
  writeFileSync(file, await photo(40, 30, 4).png().toBuffer());
  const { status, stdout } = await run(['inspect', file, '--json']);
  expect(status).toBe(0);
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({ ok: true, kind: 'png', width: 40, height: 30, hasAlpha: true });
  expect(found.outputs[0]).toMatchObject({ format: 'jpeg', possible: true, losses: [{ code: 'N_ALPHA_FLATTENED' }] });
  makePipe(path.join(photos, 'pipe.png'));
  const pipe = await run(['inspect', path.join(photos, 'pipe.png'), '--json']);
  expect([pipe.status, JSON.parse(pipe.stdout)]).toMatchObject([1, { ok: false, code: 'E_NOT_FILE' }]);
});

it('photomill doctor finds this machine fit', async () => {
  const { status, stdout } = await run(['doctor', '--json']);
  const told = JSON.parse(stdout);
  expect([status, told.ok]).toEqual([0, true]);
  expect(told.writes).toEqual(expect.arrayContaining(['jpeg', 'png', 'webp', 'avif', 'tiff']));
  expect(told.findings.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['runtime', 'processor', 'memory', 'engine', 'SIMD kernels', 'Electron', 'settings folder']),
  );
});

it('photomill process --recipe makes several results of one photo, by the list or from files', async () => {
  writeFileSync(path.join(photos, 'a.png'), await photo(64, 48).png().toBuffer());
  const file = path.join(folder, 'mine.json');
  const steps = [{ filter: 'grayscale' }];
  const output = { format: 'webp', name: '{name}-{recipe}' };
  writeFileSync(file, JSON.stringify({ version: 1, id: 'mine', name: 'Mine', steps, output }));
  const args = ['process', photos, '--out', out, '--recipe', 'crisp', '--recipe', file, '--json'];

  const { status, stdout, stderr } = await run(args);
  expect([status, stderr]).toEqual([0, '']);
  expect(events(stdout).find(({ type }) => type === 'file')).toMatchObject({
    status: 'done',
    outputs: [path.join(out, 'crisp', 'a.png'), path.join(out, 'mine', 'a-mine.webp')],
  });
  await run([...args, '--format', 'png', '--name', 'x']);
  expect(readdirSync(path.join(out, 'mine')).sort()).toEqual(['a-mine.webp', 'x.png']);

  writeFileSync(file, JSON.stringify({ version: 1, id: 'mine', name: 'Mine', steps: [{ filter: 'sepia' }] }));
  for (const [name, code] of [
    [file, 'E_RECIPE'],
    ['nothing-like-it', 'E_NO_RECIPE'],
    ['./nothing.json', 'E_NO_SOURCE'],
  ] as const) {
    const refused = await run(['process', photos, '--out', path.join(folder, 'none'), '--recipe', name]);
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(`[${code}]`);
  }
});

it('photomill recipes --json lists the built-in ones and your own', async () => {
  const own = path.join(folder, 'data', 'recipes');
  mkdirSync(own, { recursive: true });
  const recipe = { version: 1, id: 'mine', name: 'Mine', steps: [{ filter: 'grayscale' }] };
  writeFileSync(path.join(own, 'mine.json'), JSON.stringify(recipe));
  writeFileSync(path.join(own, 'broken.json'), '{');
  const { status, stdout, stderr } = await run(['recipes', '--json']);
  expect(status).toBe(0);
  const recipes = JSON.parse(stdout) as { id: string; builtIn: boolean }[];
  expect(recipes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: 'crisp', builtIn: true }),
      expect.objectContaining({ id: 'mine', builtIn: false }),
    ]),
  );
  expect(stderr).toMatch(/broken\.json: .+ \[E_RECIPE\]/);
  expect((await run(['recipes'])).stdout).toContain('grayscale');
});
