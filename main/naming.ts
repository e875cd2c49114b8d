/**
 * Owns what a name template means and what makes a name safe on every disk. Pure.
 * Refuses to know which names are taken; outputs.ts does.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../preload/faults.ts';

const WORDS = ['name', 'ext', 'folder', 'recipe', 'width', 'height', 'camera', 'lens', 'iso'] as const;
type Word = (typeof WORDS)[number];

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'date'; readonly pattern: string }
  | { readonly kind: 'seq'; readonly digits: number };

/** One list of tokens for each part between the slashes; at least one part. */
export interface Template {
  readonly parts: readonly (readonly Token[])[];
}

/** Null where the file does not say; it becomes `unknown`. */
export interface NameValues {
  /** The source's name without its extension. */
  readonly name: string;
  /** The source's extension without the dot. */
  readonly ext: string;
  /** The name of the folder the source lies in. */
  readonly folder: string;
  readonly recipe: string;
  /** Capture time as the camera wrote it: `2024-05-31T…` or `2024:05:31 …`. */
  readonly capturedAt: string | null;
  /** Counts from 1 in the batch. */
  readonly seq: number;
  readonly width: number;
  readonly height: number;
  readonly camera: string | null;
  readonly lens: string | null;
  readonly iso: number | null;
}

const KNOWN = '{name} {ext} {folder} {recipe} {date:YYYY-MM-DD} {seq:4} {width} {height} {camera} {lens} {iso}';
const MISSING = 'unknown';
/** Of one part of a path, in UTF-8: the limit of ext4, APFS and btrfs, and never above NTFS's 255 UTF-16 units. */
const NAME_BYTES = 255;
const DATE_PATTERN = /^(?:YYYY|YY|MM|DD|HH|mm|ss|[-_. ])+$/;
/** The extension says what is inside, so a template's own one would stand twice: `a.jpg.jpg`. */
const OWN_EXTENSION = /\.(?:\{ext\}|jpe?g|png|webp|avif|tiff?)$/i;

/** @throws Fault E_TEMPLATE for an unknown token, E_PATH for a template that is absolute, climbs or ends in a slash. */
export function parseTemplate(text: string): Template {
  const bare = text.replace(OWN_EXTENSION, '');
  if (/^(?:[/\\]|[A-Za-z]:)/.test(bare)) throw new Fault('E_PATH');
  const parts = splitParts(bare).map(parsePart);
  if (parts.some((part) => part.length === 0)) throw new Fault('E_PATH');
  for (const part of parts) {
    const [only, second] = part;
    if (second === undefined && only?.kind === 'text' && /^[. ]*$/.test(only.text)) throw new Fault('E_PATH');
  }
  return { parts };
}

/** Whether the tags of the photos must be read: only then the probe pays for them. */
export function needsTags(template: Template): boolean {
  return template.parts
    .flat()
    .some(
      (token) => token.kind === 'date' || (token.kind === 'word' && ['camera', 'lens', 'iso'].includes(token.word)),
    );
}

/** True where every result would be called exactly as its source: beside the source it would take its place. */
export function keepsNames(template: Template): boolean {
  const [first, ...more] = template.parts.flat();
  return template.parts.length === 1 && more.length === 0 && first?.kind === 'word' && first.word === 'name';
}

/** The parts of the relative path, without an extension: each is a safe name, none is empty, `.` or `..`. */
export function expand(template: Template, values: NameValues, disk: Disk): readonly string[] {
  return template.parts.map((part, at) => {
    const text = part.map((token) => textOf(token, values)).join('');
    return at === template.parts.length - 1 ? safeStem(text, disk) : safeName(text, disk);
  });
}

/** `windows`: NTFS, exFAT, FAT and most network shares, on whatever system they are mounted. */
export type Disk = 'posix' | 'windows';

/**
 * The name of a folder that the disk can hold and no system takes for a way: separators and control characters become
 * `_`, as does what Windows strips (dots and spaces at the end) or reserves (CON, NUL, COM1); these on every platform,
 * so that a folder made on Linux opens on Windows. `<>:"|?*` stay where the disk takes them: sources may have them.
 */
export function safeName(text: string, disk: Disk): string {
  return safeStem(text, disk).replace(/[. ]+$/, (tail) => '_'.repeat(tail.length));
}

/** The same for a name that gets an extension: what stands before it is not its end. */
function safeStem(text: string, disk: Disk): string {
  // A half surrogate cannot be written as UTF-8: the disk would get U+FFFD, and two names could become one.
  const clean = text.toWellFormed().replace(UNSAFE, '_');
  const held = disk === 'windows' ? clean.replace(REFUSED_BY_WINDOWS, '_') : clean;
  if (/^[. ]*$/.test(held)) return held.replace(/./g, '_') || '_';
  return RESERVED.test(held) ? `_${held}` : held;
}

const REFUSED_BY_WINDOWS = /[<>:"|?*]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f/\\]/g;
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/i;

/**
 * `stem` + `ending` within what a disk allows; a stem that is too long is cut at a character and gets a hash of the
 * whole, so that two long names that differ only at their ends stay two.
 */
export function fitName(stem: string, ending: string): string {
  const room = NAME_BYTES - Buffer.byteLength(ending);
  if (Buffer.byteLength(stem) <= room) return stem + ending;
  const mark = `~${createHash('sha256').update(stem).digest('hex').slice(0, 8)}`;
  let kept = '';
  let bytes = Buffer.byteLength(mark);
  for (const character of stem) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return kept + mark + ending;
}

/** On slashes outside braces, so that `{date:YYYY/MM}` is one token and is refused as one. */
function splitParts(text: string): readonly string[] {
  return (
    text.match(/\{[^{}]*\}|\/|[^/{}]+|[{}]/g)?.reduce<string[]>(
      (parts, piece) => {
        if (piece === '/') parts.push('');
        else parts.push((parts.pop() ?? '') + piece);
        return parts;
      },
      [''],
    ) ?? ['']
  );
}

function parsePart(text: string): readonly Token[] {
  return (text.match(/\{[^{}]*\}|[^{}]+|[{}]/g) ?? []).map(parseToken);
}

function parseToken(piece: string): Token {
  if (!/^[{}]/.test(piece)) return { kind: 'text', text: piece };
  const [, word = '', argument] = /^\{([a-z]+)(?::(.*))?\}$/s.exec(piece) ?? [];
  if (argument === undefined) {
    const known = WORDS.find((candidate) => candidate === word);
    if (known !== undefined) return { kind: 'word', word: known };
    if (word === 'date') return { kind: 'date', pattern: 'YYYY-MM-DD' };
    if (word === 'seq') return { kind: 'seq', digits: 4 };
  } else {
    if (word === 'date' && DATE_PATTERN.test(argument)) return { kind: 'date', pattern: argument };
    if (word === 'seq' && /^[1-9]$/.test(argument)) return { kind: 'seq', digits: Number(argument) };
  }
  throw new Fault('E_TEMPLATE', { token: piece, known: KNOWN });
}

function textOf(token: Token, values: NameValues): string {
  switch (token.kind) {
    case 'text':
      return token.text.replace(REFUSED_BY_WINDOWS, '_');
    case 'seq':
      return String(values.seq).padStart(token.digits, '0');
    case 'date':
      return formatDate(token.pattern, values.capturedAt);
    case 'word': {
      const value = values[token.word];
      // What a camera writes is a stranger's text: characters Windows refuses go too, and no value starts a hidden file.
      if (token.word === 'camera' || token.word === 'lens') return tagText(value);
      return value === null ? MISSING : String(value);
    }
    default:
      return token satisfies never;
  }
}

function tagText(value: string | number | null): string {
  const text = String(value ?? '')
    .replace(REFUSED_BY_WINDOWS, '_')
    .trim()
    .replace(/^\.+/, '');
  return text === '' ? MISSING : text;
}

/** Read as text and not as a Date: a capture time has no time zone, and none may move it over midnight. */
function formatDate(pattern: string, capturedAt: string | null): string {
  const read = /^(\d{4})\D(\d\d)\D(\d\d)(?:\D(\d\d)\D(\d\d)(?:\D(\d\d))?)?/.exec(capturedAt ?? '');
  if (read === null) return MISSING;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = read;
  const fields = { YYYY: year, YY: year.slice(2), MM: month, DD: day, HH: hour, mm: minute, ss: second };
  return pattern.replace(/YYYY|YY|MM|DD|HH|mm|ss/g, (field) => fields[field as keyof typeof fields]);
}
