/**
 * Measures filters on a 4K picture in memory, one thread, through runChain (copies in and out included):
 *   node test/perf/kernels.ts [rounds]
 *   ELECTRON_RUN_AS_NODE=1 .cache/electron-42.0.0/bin/electron test/perf/kernels.ts
 * Cases take turns, so that a busy minute of the machine falls on all; the median and the least are told, then
 * OpenCV's (one thread) where /usr/bin/python3 has it. TILE=3840x32 tries a shape of tile.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildKernels } from '../../workers/kernels/build.ts';
import { loadKernels } from '../../workers/kernels/load.ts';
import { prepareChain } from '../../workers/pipeline/chain.ts';
import { createSpare } from '../../workers/pipeline/spare.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import { type Channels, type Depth, newSamples, type Raster } from '../../workers/raster.ts';

const WIDTH = 3840;
const HEIGHT = 2160;
const TILE_SIZE = 512;

const CASES = [
  { name: 'grayscale', depth: 8, steps: [['grayscale', {}]] },
  { name: 'gaussian-blur 1.0', depth: 8, steps: [['gaussian-blur', { sigma: 1 }]] },
  { name: 'gaussian-blur 1.4', depth: 8, steps: [['gaussian-blur', { sigma: 1.4 }]] },
  { name: 'gaussian-blur 20', depth: 8, steps: [['gaussian-blur', { sigma: 20 }]] },
  { name: 'unsharp-mask 1.4', depth: 8, steps: [['unsharp-mask', { sigma: 1.4 }]] },
  {
    name: 'grey then blur 1.4',
    depth: 8,
    steps: [
      ['grayscale', {}],
      ['gaussian-blur', { sigma: 1.4 }],
    ],
  },
  { name: 'grayscale', depth: 16, steps: [['grayscale', {}]] },
  { name: 'gaussian-blur 1.4', depth: 16, steps: [['gaussian-blur', { sigma: 1.4 }]] },
] as const satisfies readonly {
  name: string;
  depth: Depth;
  steps: readonly (readonly [string, Record<string, number>])[];
}[];

const OPENCV = `
import cv2, json, time, sys
import numpy as np
cv2.setNumThreads(1)
rng = np.random.default_rng(1)
a = rng.integers(0, 256, (${HEIGHT}, ${WIDTH}, 3), dtype=np.uint8)
b = rng.integers(0, 65536, (${HEIGHT}, ${WIDTH}, 3), dtype=np.uint16)
grey = lambda i: cv2.cvtColor(i, cv2.COLOR_RGB2GRAY)
blur = lambda i, s: cv2.GaussianBlur(i, (0, 0), s)
cases = [lambda: grey(a), lambda: blur(a, 1), lambda: blur(a, 1.4), lambda: blur(a, 20),
         lambda: cv2.addWeighted(a, 2, blur(a, 1.4), -1, 0), lambda: blur(grey(a), 1.4), lambda: grey(b), lambda: blur(b, 1.4)]
times = [[] for _ in cases]
for _ in range(int(sys.argv[1])):
    for case, taken in zip(cases, times):
        start = time.perf_counter(); case(); taken.append((time.perf_counter() - start) * 1e3)
print(json.dumps(times))
`;

const { file } = await buildKernels();
const kernels = loadKernels(readFileSync(file));
const rounds = Number(process.argv[2] ?? 15);
const pictures = { 8: noise(3, 8), 16: noise(3, 16) };
const [tileWidth, tileHeight] = (process.env.TILE ?? '').split('x').map(Number);
const exactTile = tileWidth && tileHeight ? { exactTile: { width: tileWidth, height: tileHeight } } : {};

const prepared = CASES.map(({ depth, steps }) => ({
  // Photos of a folder are mostly alike in size: each finds the last one's memory, as in run-image.ts.
  spare: createSpare(),
  raster: pictures[depth],
  chain: prepareChain(steps.map(([filter, params]) => ({ filter, params: { ...params }, enabled: true }))),
}));
const times: number[][] = CASES.map(() => []);
for (let round = -2; round < rounds; round++) {
  prepared.forEach(({ raster, chain, spare }, index) => {
    const startedAt = performance.now();
    const options = {
      tileSize: TILE_SIZE,
      kernels,
      mode: 'simd',
      checkCancelled: () => {},
      spare,
      ...exactTile,
    } as const;
    const result = runChain(raster, chain, options);
    // Two rounds let V8 compile.
    if (round >= 0) times[index]?.push(performance.now() - startedAt);
    spare.give(result.data);
  });
}
const opencv = spawnSync('/usr/bin/python3', ['-c', OPENCV, String(rounds)], { encoding: 'utf8' });
const theirs: number[][] = opencv.status === 0 ? JSON.parse(opencv.stdout) : [];

process.stdout.write(
  `node ${process.versions.node}, V8 ${process.versions.v8}, ${WIDTH}x${HEIGHT} RGB, ms, median (least)\n`,
);
CASES.forEach(({ name, depth }, index) => {
  const ours = told(times[index] ?? []);
  process.stdout.write(`${name.padEnd(20)} ${depth} bits  ${ours}  OpenCV, 1 thread ${told(theirs[index] ?? [])}\n`);
});

function told(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, median] = [sorted[0], sorted[sorted.length >> 1]];
  if (least === undefined || median === undefined) return 'not measured'.padStart(16);
  return `${median.toFixed(1)} (${least.toFixed(1)})`.padStart(16);
}

function noise(channels: Channels, depth: Depth): Raster {
  const data = newSamples(depth, WIDTH * HEIGHT * channels);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    data[i] = state >>> 15;
  }
  return { data, width: WIDTH, height: HEIGHT, channels, depth };
}
