/** What starts the window of a package, and what its command line. */
import { expect, it } from 'vitest';
import { cliArguments } from '../../../main/electron/arguments.ts';

it.each([
  [
    ['process', 'in', '--out', 'out'],
    ['process', 'in', '--out', 'out'],
  ],
  [
    ['--no-sandbox', 'filters', '--json'],
    ['filters', '--json'],
  ],
  [
    ['--', 'inspect', '/a.jpg'],
    ['inspect', '/a.jpg'],
  ],
  [['--help'], ['--help']],
  [['--no-sandbox', '-V'], ['-V']],
  [
    ['proces', 'in'],
    ['proces', 'in'],
  ],
])('%j is for the command line', (args, expected) => expect(cliArguments(args)).toEqual(expected));

it.each([
  [[]],
  [['--no-sandbox', '--lang=en']],
  [['-psn_0_12345']],
  [['/home/a/photo.jpg']],
  [['C:\\photos\\a.jpg', 'process']],
  [['file:///home/a/photo.jpg']],
  [['photo.jpg', '--help']],
])('%j is for the window', (args) => expect(cliArguments(args)).toBeNull());
