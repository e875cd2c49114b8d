/** Owns what may be chosen of an output and what goes together, so that a wrong pair cannot be made. Pure. */
import type { Format, OutputSpec, Settings } from '../../preload/contract.ts';

/** As the output will be asked for, before there is a folder. */
export interface OutputChoice extends Omit<OutputSpec, 'folder'> {
  readonly folder: string | null;
  /** True once the photographer picked the folder; a suggested one changes with the source. */
  readonly folderChosen: boolean;
}

/** The command line's defaults (cli.md), so that both do the same. */
export const NEW_OUTPUT: OutputChoice = {
  folder: null,
  folderChosen: false,
  format: 'keep',
  quality: 90,
  depth: 'keep',
  name: '{name}',
  onConflict: 'rename',
};

export const OUTPUT_FORMATS = ['keep', 'jpeg', 'png', 'webp', 'avif', 'tiff'] as const satisfies readonly (
  | 'keep'
  | Format
)[];
export const CONFLICT_RULES = ['rename', 'skip', 'overwrite'] as const satisfies readonly OutputSpec['onConflict'][];
export const DEPTHS = ['keep', 8, 16] as const satisfies readonly OutputSpec['depth'][];
export const TOKENS = [
  'name',
  'ext',
  'folder',
  'recipe',
  'date:YYYY-MM-DD',
  'seq:4',
  'width',
  'height',
  'camera',
  'lens',
  'iso',
] as const;

/** JPEG, WebP and AVIF lose a little for size; PNG and TIFF keep every pixel and have no quality to choose. */
export function hasQuality(format: OutputSpec['format']): boolean {
  return format !== 'png' && format !== 'tiff';
}

/** Formats that hold 16 bits a channel. */
export function canHold16(format: OutputSpec['format']): boolean {
  return format === 'keep' || format === 'png' || format === 'tiff';
}

/** A change of format takes a depth it cannot hold along with it. */
export function withFormat(format: OutputSpec['format'], depth: OutputSpec['depth']): Partial<OutputChoice> {
  return canHold16(format) ? { format } : { format, depth: depth === 16 ? 'keep' : depth };
}

export function toSpec(choice: OutputChoice): OutputSpec | null {
  if (choice.folder === null) return null;
  const { folder, format, quality, depth, name, onConflict } = choice;
  return { folder, format, quality, depth, name, onConflict };
}

/** What is remembered: a suggested folder is not, for the next source has its own. */
export function toRemember(choice: OutputChoice): Partial<OutputSpec> {
  const { format, quality, depth, name, onConflict } = choice;
  const rest = { format, quality, depth, onConflict, ...(name === '' ? {} : { name }) };
  return choice.folderChosen && choice.folder !== null ? { ...rest, folder: choice.folder } : rest;
}

export function fromRemembered(last: Settings['last']['output']): Partial<OutputChoice> {
  const { folder, format = NEW_OUTPUT.format, depth = NEW_OUTPUT.depth } = last;
  const { quality = NEW_OUTPUT.quality, name = NEW_OUTPUT.name, onConflict = NEW_OUTPUT.onConflict } = last;
  const fitted = { quality, name, onConflict, depth, ...withFormat(format, depth) };
  return folder === undefined ? fitted : { ...fitted, folder, folderChosen: true };
}
