/** Owns `photomill inspect`: what a file's header says, and what each output format would lose of it. */
import type { FaultRecord, Notice, Probe, Probed } from '../../preload/contract.ts';
import { Fault, tellFault, tellNotice } from '../../preload/faults.ts';
import { type Loss, lossesOf } from '../losses.ts';
import { type ScannedFile, scan } from '../scan.ts';
import { resolveSettings } from '../settings.ts';
import { readSettings, withEngine } from './context.ts';
import { EXIT, interruptible } from './exit.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { alignColumns, formatBytes, printable } from './text.ts';

export async function inspectCommand(
  platform: CliPlatform,
  terminal: Terminal,
  source: string,
  options: { readonly json?: boolean },
): Promise<number> {
  const { pixelLimit } = resolveSettings(readSettings(platform, terminal).read());
  return interruptible(terminal.hungUp, async (signal) => {
    const file = await findFile(signal, source);
    const probed = await probe(signal, platform, file, pixelLimit);
    terminal.out(
      options.json ? `${JSON.stringify(inspectRecord(file, probed), null, 2)}\n` : inspectText(file, probed),
    );
    return probed.ok ? EXIT.done : EXIT.someFailed;
  });
}

/** Through the scan, so that a pipe or a device is known for what it is and never opened. */
async function findFile(signal: AbortSignal, source: string): Promise<ScannedFile> {
  for await (const file of scan(signal, [source], { recursive: false, exclude: [] })) {
    if (file.named) return file;
    break;
  }
  throw new Fault('E_USAGE', { why: `${source} is a folder: inspect takes one file.` });
}

async function probe(
  signal: AbortSignal,
  platform: CliPlatform,
  file: ScannedFile,
  pixelLimit: number,
): Promise<Probed> {
  if (file.skip !== null) return { ok: false, fault: file.skip };
  const asked = { paths: [file.path], pixelLimit, tags: true };
  const { probes } = await withEngine(platform, (engine) => engine.request('image.probe', asked, { signal }));
  const [probed] = probes;
  if (probed === undefined) throw new Fault('E_INTERNAL', { why: 'no answer for the file' });
  return probed;
}

function inspectRecord(file: Pick<ScannedFile, 'path' | 'bytes'>, probed: Probed): object {
  const { path, bytes } = file;
  if (!probed.ok) return { path, bytes, ok: false, ...faultFields(probed.fault) };
  const outputs = lossesOf(probed.probe).map(({ format, fault, notices }) => ({
    format,
    possible: fault === null,
    ...faultFields(fault),
    losses: notices.map(noticeFields),
  }));
  return { path, bytes, ok: true, ...probed.probe, notices: probed.notices.map(noticeFields), outputs };
}

function faultFields(fault: FaultRecord | null): object {
  return fault === null ? { code: null, reason: null, remedy: null } : { code: fault.code, ...tellFault(fault, 'en') };
}

function noticeFields(notice: Notice): object {
  return { code: notice.code, text: tellNotice(notice, 'en') };
}

export function inspectText(file: Pick<ScannedFile, 'path' | 'bytes'>, probed: Probed): string {
  const head = `${printable(file.path)} (${formatBytes(file.bytes)})\n`;
  if (!probed.ok) {
    const { reason, remedy } = tellFault(probed.fault, 'en');
    return `${head}  ${printable(reason)} [${probed.fault.code}]\n  ${printable(remedy)}\n`;
  }
  const facts = alignColumns(factsOf(probed.probe).map(([name, value]) => [`  ${name}`, printable(value)]));
  const notes = probed.notices.map((notice) => `  note: ${printable(tellNotice(notice, 'en'))}`);
  const losses = alignColumns(lossesOf(probed.probe).map((loss) => [`  as ${loss.format}`, lossText(loss)]));
  return `${[head.trimEnd(), ...facts, ...notes, ...losses].join('\n')}\n`;
}

function factsOf(probe: Probe): readonly (readonly [string, string])[] {
  const { tags } = probe;
  const carried = [probe.hasExif && 'EXIF', probe.hasXmp && 'XMP', probe.hasGps && 'GPS'].filter(
    (kind) => kind !== false,
  );
  const facts: (readonly [string, string | null])[] = [
    ['kind', probe.kind],
    ['size', `${probe.width} × ${probe.height} (${((probe.width * probe.height) / 1e6).toFixed(1)} MP)`],
    [
      'samples',
      `${probe.channels} × ${probe.depth} bits, ${probe.colourSpace}${probe.hasAlpha ? ', with transparency' : ''}`,
    ],
    ['profile', probe.iccName],
    ['orientation', probe.orientation === 1 ? null : `${probe.orientation} (turned upright when processed)`],
    ['frames', probe.frames === 1 ? null : String(probe.frames)],
    ['metadata', carried.length > 0 ? carried.join(', ') : 'none'],
    ['taken', tags.capturedAt],
    ['camera', tags.camera],
    ['lens', tags.lens],
    ['ISO', tags.iso === null ? null : String(tags.iso)],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== null);
}

function lossText({ fault, notices }: Loss): string {
  if (fault !== null) return tellFault(fault, 'en').reason;
  return notices.length === 0 ? 'nothing is lost' : notices.map((notice) => tellNotice(notice, 'en')).join(' ');
}
