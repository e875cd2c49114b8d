/** Owns `photomill doctor`: what doctor.ts found, shown as a list or as JSON. */
import path from 'node:path';
import { type Diagnosis, diagnose } from '../doctor.ts';
import { dataFolder } from '../paths.ts';
import { resolveSettings } from '../settings.ts';
import { readSettings, withEngine } from './context.ts';
import { EXIT } from './exit.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { alignColumns, formatBytes, printable } from './text.ts';
import { VERSION } from './version.ts';

/** @returns 1 where something is wrong that photos can't be processed without. */
export async function doctorCommand(
  platform: CliPlatform,
  terminal: Terminal,
  options: { readonly json?: boolean },
): Promise<number> {
  const limits = resolveSettings(readSettings(platform, terminal).read());
  const projectFolder = path.join(platform.builtFolder, '..');
  const diagnosis = await withEngine(platform, (engine) =>
    diagnose({ version: VERSION, engine, limits, dataFolder: dataFolder(), projectFolder }),
  );
  const ok = diagnosis.findings.every(({ state }) => state !== 'wrong');
  terminal.out(options.json ? `${JSON.stringify({ ok, ...diagnosis }, null, 2)}\n` : doctorText(diagnosis));
  return ok ? EXIT.done : EXIT.someFailed;
}

const SIGN = { ok: 'ok', missing: 'missing', wrong: 'WRONG' } as const;

export function doctorText({ version, findings, codecs, reads, writes, limits }: Diagnosis): string {
  const rows = [
    ...findings.map(({ name, state, value }) => [SIGN[state], name, printable(value)]),
    ['', 'reads', reads.join(', ')],
    ['', 'writes', writes.join(', ')],
    [
      '',
      'codecs',
      Object.entries(codecs)
        .map(([name, release]) => `${name} ${release}`)
        .join(', '),
    ],
    [
      '',
      'a batch uses',
      `${limits.workers} workers, ${formatBytes(limits.memoryBytes)}, tiles of ${limits.tileSize} px, photos up to ${Math.round(limits.pixelLimit / 1e6)} MP`,
    ],
  ];
  return `Photomill ${version}\n${alignColumns(rows).join('\n')}\n`;
}
