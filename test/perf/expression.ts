/**
 * Measures compiled formulas on 24 megapixels in kernel memory, one thread, the kernel alone:
 *   node test/perf/expression.ts [rounds]
 *   ELECTRON_RUN_AS_NODE=1 .cache/electron-42.0.0/bin/electron test/perf/expression.ts
 * Then what numba (parallel) takes for r * r of as many f32, and of 8-bit samples, where /usr/bin/python3 has it; else
 * numpy. Cases take turns, so that a busy minute of the machine falls on all.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { TileJob } from '../../workers/filters/define.ts';
import { expression } from '../../workers/filters/expression/filter.ts';
import { buildKernels } from '../../workers/kernels/build.ts';
import { loadKernels } from '../../workers/kernels/load.ts';
import type { Channels, Depth } from '../../workers/raster.ts';

const WIDTH = 6000;
const HEIGHT = 4000;
const UNCHANGED = { r: 'r', g: 'g', b: 'b', a: 'a' };
const MEAN_OF_5 = (name: string) => `(${name} + ${name}[-1,0] + ${name}[1,0] + ${name}[0,-1] + ${name}[0,1]) / 5`;

const CASES: readonly { name: string; channels: Channels; depth: Depth; params: Partial<typeof UNCHANGED> }[] = [
  { name: 'grey r*r', channels: 1, depth: 8, params: { r: 'r*r' } },
  { name: 'grey r*r', channels: 1, depth: 16, params: { r: 'r*r' } },
  { name: 'RGB r*r, g*g, b*b', channels: 3, depth: 8, params: { r: 'r*r', g: 'g*g', b: 'b*b' } },
  { name: 'RGB r*r, g*g, b*b', channels: 3, depth: 16, params: { r: 'r*r', g: 'g*g', b: 'b*b' } },
  { name: 'RGBA white to clear', channels: 4, depth: 8, params: { a: 'r>0.94 && g>0.94 && b>0.94 ? 0 : a' } },
  { name: 'RGB mean of 5', channels: 3, depth: 8, params: { r: MEAN_OF_5('r'), g: MEAN_OF_5('g'), b: MEAN_OF_5('b') } },
  { name: 'RGB gamma 2.2', channels: 3, depth: 8, params: { r: 'r^2.2', g: 'g^2.2', b: 'b^2.2' } },
];

const PEER = `
import json, sys, time
import numpy as np
try:
    from numba import njit, prange
    @njit(parallel=True)
    def square(a, out):
        for i in prange(a.size): out[i] = a[i] * a[i]
    @njit(parallel=True)
    def square8(a, out):
        for i in prange(a.size):
            v = a[i] * np.float32(1 / 255); out[i] = np.uint8(v * v * np.float32(255) + np.float32(0.5))
    name = 'numba, parallel'
except ImportError:
    square = lambda a, out: np.multiply(a, a, out=out)
    def square8(a, out):
        v = a * np.float32(1 / 255); out[:] = (v * v * np.float32(255) + np.float32(0.5)).astype(np.uint8)
    name = 'numpy'
bytes = np.random.default_rng(1).integers(0, 256, ${WIDTH * HEIGHT}, dtype=np.uint8)
floats = bytes.astype(np.float32) / 255
times = {'f32': [], '8 bits': []}
for round in range(int(sys.argv[1]) + 2):
    for key, run, a in (('f32', square, floats), ('8 bits', square8, bytes)):
        out = np.empty_like(a) if round < 2 else out_of[key]
        out_of = globals().get('out_of', {}); out_of[key] = out
        start = time.perf_counter(); run(a, out)
        if round >= 2: times[key].append((time.perf_counter() - start) * 1e3)
print(json.dumps({'name': name, 'times': times}))
`;

const { file } = await buildKernels();
const { memory, exports, arena } = loadKernels(readFileSync(file));
const rounds = Number(process.argv[2] ?? 11);
const jobs = CASES.map(({ channels, depth, params }) => jobFor(channels, depth, { ...UNCHANGED, ...params }));
const largest = Math.max(...jobs.map(({ bytes }) => bytes));
arena.reserve(largest);
const samples = new Uint8Array(memory.buffer, arena.base, largest);
for (let i = 0, state = 1; i < largest; i++) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  samples[i] = state >>> 24;
}

const times: number[][] = CASES.map(() => []);
for (let round = -2; round < rounds; round++) {
  jobs.forEach(({ job, params }, index) => {
    const startedAt = performance.now();
    expression.simd(job, params, exports, {});
    // Two rounds let V8 compile.
    if (round >= 0) times[index]?.push(performance.now() - startedAt);
  });
}

process.stdout.write(`node ${process.versions.node}, V8 ${process.versions.v8}, 24 MP, ms, median (least)\n`);
CASES.forEach(({ name, depth }, index) => {
  process.stdout.write(`${name.padEnd(22)} ${depth} bits  ${told(times[index] ?? [])}\n`);
});
const peer = spawnSync('/usr/bin/python3', ['-c', PEER, String(rounds)], { encoding: 'utf8' });
if (peer.status === 0) {
  const { name, times: theirs } = JSON.parse(peer.stdout) as { name: string; times: Record<string, number[]> };
  for (const [kind, values] of Object.entries(theirs)) {
    process.stdout.write(`${`grey r*r, ${name}`.padEnd(22)} ${kind}  ${told(values)}\n`);
  }
}

function jobFor(channels: Channels, depth: Depth, params: typeof UNCHANGED) {
  const picture = { width: WIDTH, height: HEIGHT, channels, depth };
  const halo = expression.halo(params, depth, picture);
  const pixelBytes = (channels * depth) / 8;
  const stride = Math.ceil(((WIDTH + 2 * halo) * pixelBytes + 64) / 16) * 16;
  const inputBytes = stride * (HEIGHT + 2 * halo + 1);
  const table = expression.scratchBytes?.({ ...picture, halo, picture }, params) ?? 0;
  const job: TileJob = {
    memory,
    in: { offset: arena.base + halo * (stride + pixelBytes), stride, channels },
    out: { offset: arena.base + inputBytes, stride, channels: expression.channels?.(channels, params) ?? channels },
    ...{ width: WIDTH, height: HEIGHT, halo, depth, left: 0, top: 0, picture },
    scratch: arena.base + 2 * inputBytes,
  };
  return { job, params, bytes: 2 * inputBytes + table };
}

function told(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[sorted.length >> 1]?.toFixed(1)} (${sorted[0]?.toFixed(1)})`.padStart(16);
}
