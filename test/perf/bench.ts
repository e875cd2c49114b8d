/**
 * `npm run bench`: owns the comparison of whole processes with what people write today, on real photos. Paired: ours and
 * the peer's take turns, the ratio is the median of the rounds' ratios, because this kind of machine is noisy.
 * Prints a table and writes it into README between its markers. `npm run bench -- grey-blur` runs that one and writes nothing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { FILTERS } from '../../workers/filters/catalogue.ts';
import { BENCH, fourK, sixMegapixels } from './photos.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PYTHON = '/usr/bin/python3';
const ROUNDS = 3;
const MARKERS = ['<!-- bench -->', '<!-- /bench -->'] as const;

interface Workload {
  readonly id: string;
  readonly what: string;
  readonly peer: string;
  readonly photos: () => Promise<string | null>;
  /** Of `photomill process`, besides the source and the output. */
  readonly arguments: readonly string[];
  readonly filters: readonly string[];
  readonly outputs: number;
}

const JPEG = ['--format', 'jpeg', '--quality', '95'];

const WORKLOADS: readonly Workload[] = [
  {
    id: 'grey-blur',
    what: '40 4K JPEGs, grayscale + gaussian-blur σ 1.4',
    peer: 'OpenCV, pool of 2 processes',
    photos: () => fourK(40),
    arguments: ['--filter', 'grayscale', '--filter', 'gaussian-blur:sigma=1.4', ...JPEG],
    filters: ['grayscale', 'gaussian-blur'],
    outputs: 40,
  },
  {
    id: 'dehaze-canny',
    what: '20 4K JPEGs, dehaze + canny',
    peer: 'OpenCV + numpy, pool of 2 processes',
    photos: () => fourK(20),
    arguments: ['--filter', 'dehaze', '--filter', 'grayscale', '--filter', 'canny:low=50,high=150', ...JPEG],
    filters: ['dehaze', 'canny'],
    outputs: 20,
  },
  {
    id: 'four-styles',
    what: 'four styles of one 6 MP JPEG, one decode',
    peer: 'OpenCV pencilSketch, xphoto.oilPainting, stylization',
    photos: sixMegapixels,
    arguments: ['pencil-sketch', 'color-pencil', 'oil-painting', 'watercolor']
      .flatMap((id) => ['--recipe', id])
      .concat(JPEG),
    filters: ['pencil-sketch', 'color-pencil', 'oil-painting', 'watercolor'],
    outputs: 4,
  },
  // detail 100 is xphoto's dynRatio 1.
  ...single('oil', 'oil-painting', 'xphoto.oilPainting(7, 1), 2 threads', ':radius=7,detail=100'),
  ...single('watercolour', 'watercolor', 'stylization, 2 threads'),
  ...single('median', 'median', 'medianBlur(21), 2 threads', ':radius=10'),
];

/** One 4K photo for a worker each: two, so that both cores have work as the peer's threads have. */
function single(id: string, filter: string, peer: string, params = ''): readonly Workload[] {
  const what = `2 4K JPEGs, ${filter}${params}`;
  return [
    {
      id,
      what,
      peer,
      photos: () => fourK(2),
      arguments: ['--filter', filter + params, ...JPEG],
      filters: [filter],
      outputs: 2,
    },
  ];
}

interface Measured {
  readonly seconds: number;
  readonly peakBytes: number;
}

interface Row {
  readonly workload: Workload;
  readonly ours: Measured;
  readonly peer: Measured;
  readonly ratio: number;
}

/** A whole process from start to end; its private memory and that of its children sampled ten times a second. */
function timed(command: string, args: readonly string[]): Promise<Measured> {
  return new Promise((done, fail) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    let peakBytes = 0;
    const sampler = setInterval(() => {
      peakBytes = Math.max(peakBytes, privateBytesOf(child.pid ?? 0));
    }, 100);
    child.on('exit', (code) => {
      clearInterval(sampler);
      if (code === 0) done({ seconds: (performance.now() - startedAt) / 1000, peakBytes });
      else fail(new Error(`${command} ${args.join(' ')} ended with ${code}`));
    });
  });
}

function privateBytesOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const own = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].reduce(
      (sum, [, kb]) => sum + Number(kb),
      0,
    );
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return own * 1024 + children.reduce((sum, child) => sum + privateBytesOf(Number(child)), 0);
  } catch {
    // It ended between two looks.
    return 0;
  }
}

async function measure(workload: Workload): Promise<Row | null> {
  const source = await workload.photos();
  const missing = workload.filters.filter((id) => !FILTERS.some((filter) => filter.id === id));
  if (source === null || missing.length > 0) {
    const why = source === null ? 'no corpus here' : `no filter ${missing.join(', ')}`;
    process.stdout.write(`SKIP ${workload.id}: ${why}\n`);
    return null;
  }
  const out = join(BENCH, 'out');
  const rounds: { ours: Measured; peer: Measured }[] = [];
  // The first round warms the file cache and is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    rmSync(out, { recursive: true, force: true });
    const peer = await timed(PYTHON, [join(import.meta.dirname, 'peers.py'), workload.id, source, join(out, 'peer')]);
    const cli = join(ROOT, '.build/main/cli.js');
    const ours = await timed(process.execPath, [
      cli,
      'process',
      source,
      '--out',
      join(out, 'ours'),
      ...workload.arguments,
    ]);
    const made = readdirSync(join(out, 'ours'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    if (made.length !== workload.outputs) throw new Error(`${workload.id}: ${made.length} results`);
    if (round > 0) rounds.push({ ours, peer });
  }
  rmSync(out, { recursive: true, force: true });
  const row = {
    workload,
    ours: medianOf(rounds.map(({ ours }) => ours)),
    peer: medianOf(rounds.map(({ peer }) => peer)),
    ratio: median(rounds.map(({ ours, peer }) => peer.seconds / ours.seconds)),
  };
  process.stdout.write(`${lineOf(row)}\n`);
  return row;
}

function medianOf(many: readonly Measured[]): Measured {
  return { seconds: median(many.map((one) => one.seconds)), peakBytes: median(many.map((one) => one.peakBytes)) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function lineOf({ workload, ours, peer, ratio }: Row): string {
  const cell = ({ seconds, peakBytes }: Measured) => `${seconds.toFixed(2)} s, ${Math.round(peakBytes / 1e6)} MB`;
  return `| ${workload.what} | ${cell(ours)} | ${workload.peer}: ${cell(peer)} | ${ratio.toFixed(2)}x |`;
}

function writeReadme(rows: readonly Row[]): void {
  const file = join(ROOT, 'README.md');
  const text = readFileSync(file, 'utf8');
  const [start, end] = MARKERS.map((marker) => text.indexOf(marker));
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error('README has no bench markers');
  const table = [
    '| workload, whole processes | Photomill | peer | times faster |',
    '|---|---|---|---|',
    ...rows.map(lineOf),
    '',
    `\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node}; median of ${ROUNDS} paired rounds; private memory of all processes.`,
  ].join('\n');
  writeFileSync(file, `${text.slice(0, start + MARKERS[0].length)}\n${table}\n${text.slice(end)}`);
}

if (!existsSync(PYTHON) || spawnSync(PYTHON, ['-c', 'import cv2']).status !== 0) {
  process.stdout.write('SKIP: no OpenCV for Python here (apt-get install python3-opencv).\n');
} else {
  const asked = process.argv.slice(2);
  const rows: Row[] = [];
  for (const workload of WORKLOADS) {
    if (asked.length > 0 && !asked.includes(workload.id)) continue;
    const row = await measure(workload);
    if (row !== null) rows.push(row);
  }
  if (asked.length === 0 && rows.length > 0) writeReadme(rows);
}
