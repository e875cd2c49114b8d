/** Owns whether the package was started as the command line. Knows no commands: the program refuses what is none. */

/** Asked of the program itself, so they are no switches of Chromium's. */
const ASKED: ReadonlySet<string> = new Set(['--help', '-h', '--version', '-V']);

/**
 * A desktop starts the app with nothing, with switches (`--no-sandbox`, `-psn_0_1`) or with paths and addresses; a bare
 * word only a person does, and a wrong one is better refused than answered with a window.
 * @param args what follows the program
 * @returns what the command line is to run, null for the window
 */
export function cliArguments(args: readonly string[]): readonly string[] | null {
  const first = args.findIndex((arg) => !arg.startsWith('-') || ASKED.has(arg));
  const word = args[first];
  return word !== undefined && (ASKED.has(word) || /^[a-z]+$/i.test(word)) ? args.slice(first) : null;
}
