/** Owns what this build's codecs are: for `doctor` and for bug reports. */
import { FORMATS, SOURCE_KINDS } from '../../preload/contract.ts';
import { sharp } from './sharp.ts';

export interface CodecVersions {
  readonly versions: Record<string, string>;
  readonly reads: string[];
  readonly writes: string[];
}

export function codecVersions(): CodecVersions {
  const versions = Object.entries(sharp.versions).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { versions: Object.fromEntries(versions), reads: [...SOURCE_KINDS], writes: [...FORMATS] };
}
