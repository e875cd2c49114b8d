/**
 * Owns how a running batch is told at a terminal, on a pipe and as NDJSON. Knows the batch's events and where text
 * goes; refuses to know the engine and the options.
 */
import path from 'node:path';
import type { FileResult, Notice, Planned, Progress, Summary } from '../../preload/contract.ts';
import { tellFault, tellNotice } from '../../preload/faults.ts';
import type { BatchEvents } from '../batches.ts';
import { formatBytes, formatDuration, formatRange, plural, printable } from './text.ts';

export interface BatchView extends BatchEvents {
  /** Before anything is known: the list is being read. */
  begin(): void;
  summary(summary: Summary): void;
}

type Write = (text: string) => void;

// ---------------------------------------------------------------- NDJSON

/** The lines of cli.md and nothing else; one a call. */
export function jsonView(write: Write): BatchView {
  const line = (value: object) => write(`${JSON.stringify(value)}\n`);
  return {
    begin() {},
    planned: ({ files, pixels }) => line({ type: 'planned', files, pixels }),
    file: (result) => line(fileLine(result)),
    progress: ({ batchId: _, working: __, ...figures }) => line({ type: 'progress', ...figures }),
    summary: ({ batchId: _, wallMs, ...counts }) => line({ type: 'summary', ...counts, wallMs: Math.round(wallMs) }),
  };
}

function fileLine({ status, source, outputs, fault, notices, ms }: FileResult): object {
  const told = fault === null ? null : tellFault(fault, 'en');
  return {
    type: 'file',
    status,
    source,
    outputs,
    code: fault?.code ?? null,
    reason: told?.reason ?? null,
    remedy: told?.remedy ?? null,
    notices: notices.map((notice) => ({ code: notice.code, text: tellNotice(notice, 'en') })),
    ms: Math.round(ms),
  };
}

// ---------------------------------------------------------------- for a person

/** On a pipe or in a log: a line for each file as it ends, no control codes, then the sum. */
export function plainView(write: Write): BatchView {
  return {
    begin() {},
    planned: (planned) => write(`${plannedText(planned)}\n`),
    file: (result) => write(fileText(result)),
    progress() {},
    summary: (summary) => write(`${summaryText(summary)}\n`),
  };
}

const CLEAR_LINE = '\r\u001b[2K';

/** One line that is drawn again and again; what was skipped and what failed comes when all is done. */
export function terminalView(write: Write, columns: () => number): BatchView {
  const failed: FileResult[] = [];
  const skipped: FileResult[] = [];
  const noticed = new Map<string, number>();
  let drawn = false;
  const clear = () => {
    if (drawn) write(CLEAR_LINE);
    drawn = false;
  };
  const draw = (text: string) => {
    write(CLEAR_LINE + text);
    drawn = true;
  };
  return {
    begin: () => draw('Reading the list of files …'),
    planned(planned) {
      clear();
      write(`${plannedText(planned)}\n`);
    },
    file(result) {
      if (result.status === 'failed') failed.push(result);
      if (result.status === 'skipped') skipped.push(result);
      for (const notice of result.notices) {
        const text = tellNotice(notice, 'en');
        noticed.set(text, (noticed.get(text) ?? 0) + 1);
      }
    },
    progress: (progress) => draw(barText(progress, columns())),
    summary(summary) {
      clear();
      for (const result of failed) write(fileText(result));
      write(skippedText(skipped));
      for (const [text, times] of noticed) write(`note     ${plural(times, 'file', 'files')}: ${text}\n`);
      write(`${summaryText(summary)}\n`);
    },
  };
}

function plannedText({ files, pixels }: Pick<Planned, 'files' | 'pixels'>): string {
  return `${plural(files, 'file', 'files')}, ${(pixels / 1e6).toFixed(pixels < 1e8 ? 1 : 0)} megapixels to process.`;
}

/** `[█████·····]  12 of 40  35 MP/s  1–2 min left  412 MB of 2.0 GB`; parts that do not fit are left out, last first. */
export function barText(progress: Progress, columns: number): string {
  const { done, total, fraction, megapixelsPerSecond, secondsLeft, memoryBytes, budgetBytes } = progress;
  const speed = megapixelsPerSecond;
  const parts = [
    `${done} of ${total}`,
    `${speed < 10 ? speed.toFixed(1) : Math.round(speed)} MP/s`,
    secondsLeft === null ? '' : `${formatRange(secondsLeft)} left`,
    `${formatBytes(memoryBytes)} of ${formatBytes(budgetBytes)}`,
  ].filter((part) => part !== '');
  const barWidth = Math.max(10, Math.min(30, Math.floor(columns / 4)));
  const filled = Math.min(barWidth, Math.max(0, Math.floor(fraction * barWidth)));
  let text = `[${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)}]`;
  for (const part of parts) {
    // A line that reaches the last column wraps, and clearing it would leave its first half standing.
    if (text.length + 2 + part.length >= columns) break;
    text += `  ${part}`;
  }
  return text;
}

/** One line for a file that went well; failures get their reason and remedy below. */
function fileText({ status, source, outputs, fault, notices, ms }: FileResult): string {
  const head = `${status.padEnd(9)}${printable(source)}`;
  if (status === 'done') {
    const arrow = outputs.map((output) => ` → ${printable(output)}`).join('');
    return `${head}${arrow} (${formatDuration(ms)})\n${notices.map(noteText).join('')}`;
  }
  if (fault === null) return `${head}\n`;
  const { reason, remedy } = tellFault(fault, 'en');
  const why =
    status === 'failed' ? `\n         ${printable(reason)} [${fault.code}]\n         ${printable(remedy)}` : '';
  return why === '' ? `${head}: ${printable(reason)} [${fault.code}]\n` : `${head}${why}\n`;
}

function noteText(notice: Notice): string {
  return `         note: ${printable(tellNotice(notice, 'en'))}\n`;
}

/** How many names of a reason are told: a folder can hold thousands of hidden files. */
const NAMES_TOLD = 5;

/** Grouped by reason, since most are skipped for the same one. */
export function skippedText(skipped: readonly FileResult[]): string {
  const groups = Map.groupBy(skipped, ({ fault }) => fault?.code ?? '');
  return [...groups]
    .map(([code, results]) => {
      const [first] = results;
      const reason = first?.fault ? tellFault(first.fault, 'en').reason : '';
      const names = results.slice(0, NAMES_TOLD).map(({ source }) => printable(path.basename(source)));
      const more = results.length > NAMES_TOLD ? ` and ${results.length - NAMES_TOLD} more` : '';
      return `skipped  ${plural(results.length, 'file', 'files')}: ${printable(reason)} [${code}]\n         ${names.join(', ')}${more}\n`;
    })
    .join('');
}

function summaryText(summary: Summary): string {
  const { done, failed, skipped, cancelled, wallMs, peakMemoryBytes } = summary;
  const counts = [`${done} done`, `${failed} failed`, `${skipped} skipped`];
  if (cancelled > 0) counts.push(`${cancelled} cancelled`);
  return `${counts.join(', ')} in ${formatDuration(wallMs)}; at most ${formatBytes(peakMemoryBytes)} of memory.`;
}
