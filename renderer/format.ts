/** Owns how numbers, sizes and times are written in each language. Pure; knows no component. */
import type { Language } from '../preload/text.ts';

const cache = new Map<string, Intl.NumberFormat>();

/** Making an Intl.NumberFormat costs far more than using one, and progress writes dozens a second. */
function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language}${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, options);
  cache.set(key, made);
  return made;
}

export function formatNumber(language: Language, value: number, digits = 0): string {
  return formatter(language, { maximumFractionDigits: digits }).format(value);
}

export function formatFixed(language: Language, value: number, digits: number): string {
  return formatter(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

export function formatPercent(language: Language, fraction: number): string {
  // Never 100 % before the end: 99.6 % of a batch is not done.
  return formatter(language, { style: 'percent' }).format(fraction >= 1 ? 1 : Math.floor(fraction * 100) / 100);
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal units, as disks and cameras are sold: 1 MB is 1,000,000 bytes. */
export function formatBytes(language: Language, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const digits = power < 2 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return formatter(language, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Minutes and seconds on a clock, hours before them where there are any. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Time left is a range; both ends are rounded to what one can believe, so that the figure does not flicker. */
export function formatRange(low: number, high: number): string {
  const coarse = (seconds: number) => {
    const grain = seconds < 20 ? 1 : seconds < 120 ? 5 : seconds < 600 ? 10 : 60;
    return Math.round(seconds / grain) * grain;
  };
  const from = formatClock(coarse(low));
  const to = formatClock(coarse(high));
  return from === to ? from : `${from}–${to}`;
}

export function formatMegapixels(language: Language, pixels: number): string {
  const value = pixels / 1e6;
  return formatNumber(language, value, value < 10 ? 1 : 0);
}

/** The name without its folders. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

export function folderName(relativePath: string): string {
  const at = relativePath.lastIndexOf('/');
  return at < 0 ? '' : relativePath.slice(0, at);
}
