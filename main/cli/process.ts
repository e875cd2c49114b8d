/** Owns `photomill process`: from checked options to a batch and its exit status. Knows neither pixels nor rendering. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { parseStep } from '../../preload/chain.ts';
import type { OutputSpec, Summary } from '../../preload/contract.ts';
import { runBatch } from '../batches.ts';
import type { Engine } from '../engine.ts';
import { parseTemplate } from '../naming.ts';
import { UNNAMED_RECIPE } from '../outputs.ts';
import { resolveRoots } from '../roots.ts';
import { scan } from '../scan.ts';
import { resolveSettings } from '../settings.ts';
import { catalogueOf, readSettings, withEngine } from './context.ts';
import { EXIT, interruptible } from './exit.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { type BatchView, jsonView, plainView, terminalView } from './views.ts';

export interface ProcessOptions {
  readonly out: string;
  readonly filter: readonly string[];
  readonly format: OutputSpec['format'];
  readonly quality: number;
  readonly depth?: 8 | 16;
  readonly name: string;
  readonly onConflict: OutputSpec['onConflict'];
  readonly recursive: boolean;
  readonly tileSize?: number;
  readonly workers?: number;
  readonly memory?: number;
  readonly json?: boolean;
}

/** @returns the exit status. Throws a Fault where nothing was begun. */
export async function processCommand(
  platform: CliPlatform,
  terminal: Terminal,
  sources: readonly string[],
  options: ProcessOptions,
): Promise<number> {
  const output: OutputSpec = {
    folder: path.resolve(options.out),
    format: options.format,
    quality: options.quality,
    depth: options.depth ?? 'keep',
    name: options.name,
    onConflict: options.onConflict,
  };
  // All that needs no engine is refused before one is started.
  parseTemplate(output.name);
  await resolveRoots(sources);
  const roots = sources.map((source) => path.resolve(source));
  const limits = resolveSettings(readSettings(platform, terminal).read());
  const view = viewFor(terminal, options.json === true);

  return interruptible(terminal.hungUp, async (signal) => {
    const batchId = randomUUID().slice(0, 8);
    const run = async (engine: Engine) => {
      const filters = await catalogueOf(engine, signal);
      const request = {
        batchId,
        files: scan(signal, roots, { recursive: options.recursive, exclude: [output.folder] }),
        roots,
        folder: output.folder,
        variants: [{ recipe: UNNAMED_RECIPE, chain: options.filter.map((text) => parseStep(text, filters)), output }],
        tileSize: options.tileSize ?? limits.tileSize,
        workers: options.workers ?? limits.workers,
        memoryBytes: options.memory ?? limits.memoryBytes,
        pixelLimit: limits.pixelLimit,
      };
      view.begin();
      return runBatch(signal, engine, request, view);
    };
    const summary = await withEngine(platform, run).catch((error: unknown) => {
      // Cancelled before the plan stood: nothing was begun, and scripts still get their last line.
      if (signal.aborted) return nothingDone(batchId);
      throw error;
    });
    view.summary(summary);
    return statusOf(summary, signal.aborted);
  });
}

function viewFor(terminal: Terminal, json: boolean): BatchView {
  if (json) return jsonView(terminal.out);
  return terminal.isTty ? terminalView(terminal.out, terminal.columns) : plainView(terminal.out);
}

function nothingDone(batchId: string): Summary {
  return { batchId, done: 0, failed: 0, skipped: 0, cancelled: 0, wallMs: 0, peakMemoryBytes: 0 };
}

/** A Ctrl-C that came when all was done already changed nothing. */
function statusOf({ done, failed, skipped, cancelled }: Summary, aborted: boolean): number {
  if (cancelled > 0 || (aborted && done + failed + skipped === 0)) return EXIT.cancelled;
  return failed > 0 ? EXIT.someFailed : EXIT.done;
}
