/** Owns what is patched in an XMP packet: the orientation. Everything else stays as found. */

const ORIENTATION = /(<(?:tiff|exif):Orientation>\s*|(?:tiff|exif):Orientation\s*=\s*["'])([2-8])(?=["'\s<])/g;

/**
 * A copy that says "upright". One digit takes the place of another, so the packet keeps its length.
 * Latin-1 keeps every byte as it is; UTF-16 packets (allowed, never seen in photos) are not found and stay.
 */
export function xmpForOutput(xmp: Uint8Array): Uint8Array {
  const found = Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength).toString('latin1');
  const upright = found.replace(ORIENTATION, '$11');
  return upright === found ? xmp : Buffer.from(upright, 'latin1');
}

/** What XMP says lies beside the picture itself; Apple's and Google's names for it. */
export function extrasOf(xmp: Uint8Array): readonly string[] {
  const text = Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength).toString('latin1');
  const extras: string[] = [];
  if (/Semantic\s*=\s*["']GainMap["']|hdrgm:Version|HDRGainMapVersion/.test(text)) extras.push('HDR gain map');
  if (/(MotionPhoto|MicroVideo)\s*=\s*["']1["']/.test(text)) extras.push('motion video');
  return extras;
}
