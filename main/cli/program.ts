/**
 * Owns the words of the command line: commands, options, defaults and what is wrong use. Scripts and measurements rely
 * on them. Refuses to know what the commands do.
 */
import { Command, CommanderError, Option } from 'commander';
import { asFault, Fault } from '../../preload/faults.ts';
import { doctorCommand } from './doctor.ts';
import { EXIT, exitCodeOf } from './exit.ts';
import { filtersCommand } from './filters.ts';
import { inspectCommand } from './inspect.ts';
import { faultText, type Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { type ProcessOptions, processCommand } from './process.ts';
import { recipesCommand } from './recipes.ts';
import { type ServeCommandOptions, serveCommand } from './serve.ts';
import { conflictRule, depth, memoryBytes, nameTemplate, outputFormat, wholeNumber } from './values.ts';
import { VERSION } from './version.ts';

/** @returns the exit status; everything that can be said is said. */
export async function runProgram(platform: CliPlatform, terminal: Terminal, args: readonly string[]): Promise<number> {
  let status: number = EXIT.done;
  const program = describeProgram(platform, terminal, (code) => {
    status = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return refused(terminal, error);
    const fault = asFault(error);
    terminal.err(faultText(fault));
    return exitCodeOf(fault);
  }
}

/** Help that was asked for is a result; every other stop of commander's is wrong use, already in its own words. */
function refused(terminal: Terminal, error: CommanderError): number {
  if (error.exitCode === 0) return EXIT.done;
  // Shown without a command: the help itself is the remedy.
  if (error.code !== 'commander.help') {
    const why = error.message.replace(/^error: (.)/, (_, first: string) => first.toUpperCase());
    terminal.err(faultText(new Fault('E_USAGE', { why: /[.)?]$/.test(why) ? why : `${why}.` })));
  }
  return EXIT.wrongUse;
}

function describeProgram(platform: CliPlatform, terminal: Terminal, exit: (code: number) => void): Command {
  const program = new Command('photomill')
    .description('Filters for whole folders of photos.')
    .version(VERSION)
    .exitOverride()
    // What commander would print of an error is told by `refused`, with a remedy.
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} });

  program
    .command('process')
    .description('run filters over photos and folders of photos')
    .argument('<file|folder...>')
    .requiredOption('--out <folder>', 'where results go; the folder tree is mirrored there')
    .addOption(
      new Option('--filter <id[:param=value,...]>', 'a step; repeat it for a chain, in order')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--recipe <id|file.json>', 'instead of steps; repeat it: one decode, results in <out>/<recipe id>/')
        .argParser(collect)
        .default([], 'none'),
    )
    // Defaults are told and not set: a recipe's own settings come before them, what is given here before both.
    .option('--format <format>', 'keep, jpeg, png, webp, avif or tiff (default: keep)', outputFormat)
    .option('--quality <1-100>', 'of JPEG, WebP and AVIF (default: 90)', wholeNumber('--quality', 1, 100))
    .option('--depth <8|16>', 'bits a channel of PNG and TIFF (default: as the source)', depth)
    .option('--name <template>', `tokens: ${TOKENS} (default: {name})`, nameTemplate)
    .option(
      '--on-conflict <rule>',
      'skip, rename or overwrite; a source is never written over (default: rename)',
      conflictRule,
    )
    .option('--recursive', 'with the folders inside', true)
    .option('--no-recursive', 'only the files right in the folder')
    .option(
      '--tile-size <px>',
      'side of the tiles; changes speed and memory, never a pixel',
      wholeNumber('--tile-size', 64, 16_384),
    )
    .option('--workers <n>', 'photos at a time', wholeNumber('--workers', 1, 256))
    .option('--memory <size>', 'budget: bytes, 512MB, 2GB', memoryBytes)
    .option('--json', 'NDJSON events on stdout, nothing else there')
    .action(async (sources: string[], options: ProcessOptions) =>
      exit(await processCommand(platform, terminal, sources, options)),
    );

  program
    .command('filters')
    .description('the catalogue with every parameter')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => exit(await filtersCommand(platform, terminal, options)));

  program
    .command('recipes')
    .description('the built-in recipes and your own')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => exit(await recipesCommand(platform, terminal, options)));

  program
    .command('inspect')
    .description('what is known of a file, and what would be lost')
    .argument('<file>')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: boolean }) =>
      exit(await inspectCommand(platform, terminal, file, options)),
    );

  program
    .command('serve')
    .description('the same app in a browser')
    .option('--port <n>', '0 takes any free one', wholeNumber('--port', 0, 65_535), 0)
    .option('--host <address>', 'anything but this machine itself opens it to the network', '127.0.0.1')
    .option('--root <folder>', 'a folder more that the browser may open; repeat it for several', collect, [])
    .action(async (options: ServeCommandOptions) => exit(await serveCommand(platform, terminal, options)));

  program
    .command('doctor')
    .description('runtime, cores, memory, codecs, Electron, folders')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => exit(await doctorCommand(platform, terminal, options)));

  return program;
}

const TOKENS = '{name} {ext} {folder} {recipe} {date:YYYY-MM-DD} {seq:4} {width} {height} {camera} {lens} {iso}';

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
