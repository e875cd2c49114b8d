/** Owns `photomill process`: from checked options to a batch and its exit status. Knows neither pixels nor rendering. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { parseStep } from '../../preload/chain.ts';
import { type FilterInfo, MAX_VARIANTS, type OutputSpec, type Recipe, type Summary } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import type { BatchVariant } from '../batch-plan.ts';
import { runBatch } from '../batches.ts';
import type { Engine } from '../engine.ts';
import { parseTemplate } from '../naming.ts';
import { UNNAMED_RECIPE } from '../outputs.ts';
import { outputOf, variantsOf } from '../recipes.ts';
import { resolveRoots } from '../roots.ts';
import { scan } from '../scan.ts';
import { resolveSettings } from '../settings.ts';
import { catalogueOf, readSettings, withEngine } from './context.ts';
import { EXIT, interruptible } from './exit.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { findRecipes } from './recipes.ts';
import { type BatchView, jsonView, plainView, terminalView } from './views.ts';

export interface ProcessOptions {
  readonly out: string;
  readonly filter: readonly string[];
  readonly recipe: readonly string[];
  readonly format?: OutputSpec['format'];
  readonly quality?: number;
  readonly depth?: 8 | 16;
  readonly name?: string;
  readonly onConflict?: OutputSpec['onConflict'];
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
  const { format, quality, depth, name, onConflict } = options;
  const given = { format, quality, depth, name, onConflict };
  const folder = path.resolve(options.out);
  // All that needs no engine is refused before one is started.
  if (name !== undefined) parseTemplate(name);
  if (options.filter.length > 0 && options.recipe.length > 0) {
    throw new Fault('E_USAGE', { why: 'Steps come from --filter or from --recipe, not from both.' });
  }
  if (options.recipe.length > MAX_VARIANTS) {
    throw new Fault('E_USAGE', {
      why: `Expected at most ${MAX_VARIANTS} recipes but received ${options.recipe.length}.`,
    });
  }
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
        files: scan(signal, roots, { recursive: options.recursive, exclude: [folder] }),
        roots,
        folder,
        variants: await variantsFor(options, { ...DEFAULTS, folder }, given, filters),
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

/** As cli.md promises them. A recipe's own settings come before these, the command line's words before both. */
const DEFAULTS: Omit<OutputSpec, 'folder'> = {
  format: 'keep',
  quality: 90,
  depth: 'keep',
  name: '{name}',
  onConflict: 'rename',
};

async function variantsFor(
  { filter, recipe }: ProcessOptions,
  defaults: OutputSpec,
  given: Recipe['output'],
  filters: readonly FilterInfo[],
): Promise<BatchVariant[]> {
  if (recipe.length > 0) return variantsOf(await findRecipes(recipe, filters), defaults, given);
  const chain = filter.map((text) => parseStep(text, filters));
  return [{ recipe: UNNAMED_RECIPE, chain, output: outputOf(defaults, {}, given) }];
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
