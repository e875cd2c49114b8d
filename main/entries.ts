/**
 * Owns what a name in a folder tells: hidden, a photo's, readable as text, and the order people expect.
 * Pure. Refuses to know disks; scan.ts asks them.
 */

const SYSTEM_FILES = new Set(['thumbs.db', 'desktop.ini', '$recycle.bin', 'system volume information', '__macosx']);

/** Extensions a camera, phone or editor gives to pictures, readable here or not: their files fail with a reason. */
const PHOTO_EXTENSIONS = new Set(
  (
    'jpg jpeg jpe jfif jif png apng webp avif tif tiff gif bmp dib heic heif hif jxl jp2 j2k jpf jpx svg psd psb exr hdr ' +
    'dng cr2 cr3 crw nef nrw arw srf sr2 raf orf rw2 pef srw x3f 3fr fff iiq mos mrw rwl gpr raw'
  ).split(' '),
);

/** `IMG_2.jpg` before `IMG_10.jpg`. A fixed locale, so that a list has the same order on every machine. */
const collator = new Intl.Collator('en', { numeric: true });

/** Hidden, AppleDouble (`._x`) and the litter systems leave in folders. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || SYSTEM_FILES.has(name.toLowerCase());
}

/** Whether the extension claims a photo. A file that is none and claims none is skipped rather than failed. */
export function looksLikePhoto(name: string): boolean {
  return PHOTO_EXTENSIONS.has(extensionOf(name).toLowerCase());
}

/** Without the dot and as it is spelt; empty where there is none. A leading dot starts no extension. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1) : '';
}

export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Natural order; names the collator calls equal (é composed or not) still have one fixed order. */
export function compareNames(a: string, b: string): number {
  const natural = collator.compare(a, b);
  if (natural !== 0) return natural;
  return a < b ? -1 : a > b ? 1 : 0;
}

// `ignoreBOM` keeps a U+FEFF that is really part of the name; without it the file would not be found again.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a name as text, or null where they are no UTF-8: such a file can be shown, but not opened by its name. */
export function decodeName(raw: Uint8Array): string | null {
  try {
    return strictUtf8.decode(raw);
  } catch {
    return null;
  }
}

/** Bytes that are no printable ASCII, and `%` itself, as %XX: two different names never look alike. */
export function escapeName(raw: Uint8Array): string {
  return Array.from(raw, (byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
