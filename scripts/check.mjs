/**
 * Owns the checks that need no run: biome (lint, format, who may import whom), TypeScript a room, knip (what nothing
 * uses). All side by side; prints only what is wrong. Knows nothing of the rules themselves: biome.json, tsconfig.json
 * and knip.json have them.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, MODULES, ROOT } from './setup/paths.mjs';
import { run, say } from './setup/run.mjs';
import { setUp } from './setup.mjs';

const bin = (name) => {
  const manifest = JSON.parse(readFileSync(path.join(MODULES, name, 'package.json'), 'utf8'));
  const entry = typeof manifest.bin === 'string' ? manifest.bin : Object.values(manifest.bin)[0];
  return path.join(MODULES, name, entry);
};

/** @returns {Promise<{ name: string, ok: boolean }[]>} */
export async function check() {
  const rooms = JSON.parse(readFileSync(at('tsconfig.json'), 'utf8')).references.map((reference) => reference.path);
  const colour = process.stderr.isTTY === true;
  const checks = [
    {
      name: 'biome',
      args: [
        bin('@biomejs/biome'),
        'ci',
        '--error-on-warnings',
        '--max-diagnostics=50',
        `--colors=${colour ? 'force' : 'off'}`,
      ],
    },
    ...rooms.map((room) => ({
      name: `types ${room}`,
      args: [bin('typescript'), '-p', room, '--pretty', String(colour)],
    })),
    { name: 'knip', args: [bin('knip'), '--no-progress'] },
  ];
  const results = await Promise.all(checks.map(async (one) => ({ ...one, ...(await timed(one)) })));
  for (const { name, code, seconds, output } of results) {
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
    if (code !== 0) say(output);
  }
  return results.map(({ name, code }) => ({ name, ok: code === 0 }));
}

async function timed({ args }) {
  const start = performance.now();
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT, timeoutMs: 300_000 });
  return { code, seconds: (performance.now() - start) / 1000, output: `${stdout}${stderr}`.trim() };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp(import.meta.url);
  process.exitCode = (await check()).every(({ ok }) => ok) ? 0 : 1;
}
