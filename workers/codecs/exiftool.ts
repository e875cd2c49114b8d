/**
 * Owns the one exiftool process of a thread: started when first needed, for what libvips and our containers can't do:
 * EXIF out of and into TIFF, EXIF into AVIF. Knows nothing of pixels; a photo is finished before it comes here.
 */
import { ExifTool } from 'exiftool-vendored';
import type { Probe } from '../../preload/contract.ts';
import { cameraName, NO_TAGS } from './exif.ts';

// Generous: the first call starts perl (0.25 s here), and a call takes 20–60 ms. After this the photo goes on without.
const TASK_TIMEOUT_MS = 20_000;

let running: ExifTool | null = null;

/**
 * Copies EXIF (GPS and maker notes with it) from one file into another, for an upright picture of this size and
 * without its old thumbnail. Replaces the file; rejects where perl is missing or exiftool did not write.
 */
export async function copyExif(from: string, to: string, width: number, height: number): Promise<void> {
  const { updated } = await tool().write(to, {}, { writeArgs: copyArguments(from, width, height) });
  // A source that can't be opened is no error to exiftool: it copies nothing and is content.
  if (updated !== 1) throw new Error('exiftool copied nothing');
}

/**
 * Values of our own are written as copies of the source's name with an expression in their place, so that nothing at
 * all is written where the source could not be read. Groups are named: a bare Orientation would rewrite XMP too.
 */
function copyArguments(from: string, width: number, height: number): string[] {
  const value = (tag: string, number: number) => `-${tag}#<\${FileName;$_=${number}}`;
  return [
    '-TagsFromFile',
    argument(from),
    '-EXIF:all',
    '-MakerNotes',
    '--IFD1:all',
    value('IFD0:Orientation', 1),
    value('ExifIFD:ExifImageWidth', width),
    value('ExifIFD:ExifImageHeight', height),
    '-overwrite_original',
    '-ignoreMinorErrors',
  ];
}

/** Camera, lens and time of a file whose EXIF only exiftool reads; without exiftool there are none. */
export async function readTagsByTool(path: string): Promise<Probe['tags']> {
  try {
    const tags = await tool().readRaw(path, {
      readArgs: ['-fast', '-DateTimeOriginal', '-CreateDate', '-Make', '-Model', '-LensModel', '-ISO'],
    });
    return {
      capturedAt: dateOf(tags.DateTimeOriginal ?? tags.CreateDate),
      camera: cameraName(tags.Make, tags.Model),
      lens: typeof tags.LensModel === 'string' ? tags.LensModel : null,
      iso: typeof tags.ISO === 'number' ? tags.ISO : null,
    };
  } catch {
    return NO_TAGS;
  }
}

function tool(): ExifTool {
  running ??= new ExifTool({ maxProcs: 1, taskTimeoutMillis: TASK_TIMEOUT_MS, taskRetries: 0 });
  return running;
}

/** `2021:05:04 13:20:11` to `2021-05-04T13:20:11`. */
function dateOf(value: unknown): string | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(String(value));
  return parts === null ? null : `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}`;
}

/** Ends the process; a later copyExif() starts another. Without this it ends with the process that started it. */
export async function closeExiftool(): Promise<void> {
  const closing = running;
  running = null;
  await closing?.end();
}

/** exiftool reads one argument a line: a name with a line break in it would be two. */
function argument(path: string): string {
  return /[\r\n]/.test(path)
    ? `#[CSTR]${path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}`
    : path;
}
