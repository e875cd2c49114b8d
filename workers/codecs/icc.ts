/**
 * Owns what is read out of ICC profiles (ICC.1:2022): whether one is sound, what it describes, whether it is sRGB.
 * Pure. Converting through profiles is libvips' work.
 */

export type ProfileSpace = 'RGB' | 'GRAY' | 'CMYK' | 'Lab' | 'other';

interface Tag {
  readonly at: number;
  readonly bytes: number;
}

const HEADER_BYTES = 128;

/** The colour space a sound profile describes; null for one that is damaged. */
export function profileSpace(icc: Uint8Array): ProfileSpace | null {
  const tags = readTags(icc);
  if (tags === null) return null;
  // A profile that says how to get to the connection space by neither curves nor tables describes nothing.
  const curves = tags.has('rTRC') && tags.has('gTRC') && tags.has('bTRC');
  const isMatrix = curves && tags.has('rXYZ') && tags.has('gXYZ') && tags.has('bXYZ');
  const hasTable = [...tags.keys()].some((name) => /^(A2B|D2B)\d$/.test(name));
  const space = ascii(icc, 16);
  switch (space) {
    case 'RGB ':
      return isMatrix || hasTable ? 'RGB' : null;
    case 'GRAY':
      return tags.has('kTRC') || hasTable ? 'GRAY' : null;
    case 'CMYK':
      return hasTable ? 'CMYK' : null;
    case 'Lab ':
      return 'Lab';
    default:
      return 'other';
  }
}

/** The profile's own name, as editors show it; null where it has none that can be read. */
export function profileName(icc: Uint8Array): string | null {
  const tag = readTags(icc)?.get('desc');
  if (tag === undefined) return null;
  const view = viewOf(icc);
  const end = tag.at + tag.bytes;
  if (ascii(icc, tag.at) === 'desc' && tag.bytes >= 12) {
    const length = view.getUint32(tag.at + 8);
    return clean(Buffer.from(icc.subarray(tag.at + 12, Math.min(end, tag.at + 12 + length))).toString('latin1'));
  }
  if (ascii(icc, tag.at) === 'mluc' && tag.bytes >= 28) {
    const from = tag.at + view.getUint32(tag.at + 24);
    const to = Math.min(end, from + view.getUint32(tag.at + 20));
    return clean(
      Buffer.from(icc.slice(from, to - ((to - from) % 2)))
        .swap16()
        .toString('utf16le'),
    );
  }
  return null;
}

/** sRGB's primaries, adapted to D50 (IEC 61966-2-1, as in every published sRGB profile). */
const SRGB_PRIMARIES = {
  rXYZ: [0.436, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
};
// Published sRGB profiles differ by up to 0.0007 in primaries; the nearest other space (Rec. 709's curve) by 0.06 at mid-grey.
const PRIMARY_TOLERANCE = 0.002;
const CURVE_TOLERANCE = 0.008;
/** sRGB's light at half signal. */
const SRGB_HALF = 0.214;

/** By numbers, not by name: small sRGB profiles are called "c2", "uRGB" and worse. */
export function isSrgb(icc: Uint8Array): boolean {
  const tags = readTags(icc);
  if (tags === null || ascii(icc, 16) !== 'RGB ') return false;
  for (const [name, expected] of Object.entries(SRGB_PRIMARIES)) {
    const tag = tags.get(name);
    if (tag === undefined || tag.bytes < 20) return false;
    for (const [index, value] of expected.entries()) {
      if (Math.abs(fixed(icc, tag.at + 8 + index * 4) - value) > PRIMARY_TOLERANCE) return false;
    }
  }
  const curve = tags.get('gTRC');
  const half = curve === undefined ? null : curveAtHalf(icc, curve);
  return half !== null && Math.abs(half - SRGB_HALF) < CURVE_TOLERANCE;
}

function curveAtHalf(icc: Uint8Array, tag: Tag): number | null {
  const view = viewOf(icc);
  const type = ascii(icc, tag.at);
  if (type === 'curv' && tag.bytes >= 12) {
    const count = view.getUint32(tag.at + 8);
    if (count === 0) return 0.5;
    if (12 + count * 2 > tag.bytes) return null;
    if (count === 1) return 0.5 ** (view.getUint16(tag.at + 12) / 256);
    const low = Math.floor((count - 1) / 2);
    const high = Math.ceil((count - 1) / 2);
    return (view.getUint16(tag.at + 12 + low * 2) + view.getUint16(tag.at + 12 + high * 2)) / 2 / 65_535;
  }
  if (type === 'para' && tag.bytes >= 16) {
    const gamma = fixed(icc, tag.at + 12);
    const kind = view.getUint16(tag.at + 8);
    if (kind === 0) return 0.5 ** gamma;
    if (tag.bytes < 28) return null;
    return (fixed(icc, tag.at + 16) * 0.5 + fixed(icc, tag.at + 20)) ** gamma;
  }
  return null;
}

function readTags(icc: Uint8Array): ReadonlyMap<string, Tag> | null {
  if (icc.length < HEADER_BYTES + 4 || ascii(icc, 36) !== 'acsp') return null;
  const view = viewOf(icc);
  const size = view.getUint32(0);
  // Some writers pad the block; one that is shorter than it says was cut.
  if (size > icc.length) return null;
  const count = view.getUint32(HEADER_BYTES);
  if (count > 200 || HEADER_BYTES + 4 + count * 12 > icc.length) return null;
  const tags = new Map<string, Tag>();
  for (let index = 0; index < count; index += 1) {
    const at = HEADER_BYTES + 4 + index * 12;
    const tag = { at: view.getUint32(at + 4), bytes: view.getUint32(at + 8) };
    if (tag.at + tag.bytes > icc.length || tag.bytes < 8) return null;
    tags.set(ascii(icc, at), tag);
  }
  return tags;
}

function viewOf(icc: Uint8Array): DataView {
  return new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
}

function fixed(icc: Uint8Array, at: number): number {
  return viewOf(icc).getInt32(at) / 65_536;
}

function ascii(icc: Uint8Array, at: number): string {
  return String.fromCharCode(...icc.subarray(at, at + 4));
}

function clean(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: profiles end their names with NULs, and worse.
  const name = text.replace(/[\u0000-\u001f]+/g, ' ').trim();
  return name === '' ? null : name.slice(0, 100);
}
