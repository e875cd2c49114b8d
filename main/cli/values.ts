/** Owns how option values are read from text. Pure; a wrong one is E_USAGE in words that say what was expected. */
import type { Format, OutputSpec } from '../../preload/contract.ts';
import { FORMATS } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';

export function wholeNumber(option: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw wrong(option, `a whole number from ${min} to ${max}`, text);
  };
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
  g: 1e9,
  gb: 1e9,
  gib: 2 ** 30,
};

/** Below this not even one small photo and the engine's own structures have room. */
const MIN_MEMORY_BYTES = 64e6;

/** `536870912`, `512MB`, `1.5 GB`, `2GiB`. MB is a million, as on disks; MiB is 2^20. */
export function memoryBytes(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  const value = number === '' || factor === undefined ? Number.NaN : Math.floor(Number(number) * factor);
  if (value >= MIN_MEMORY_BYTES && value <= 2 ** 40) return value;
  throw wrong('--memory', 'bytes, or a size such as 512MB or 2GB (at least 64MB)', text);
}

function oneOf<T extends string>(option: string, choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    throw wrong(option, choices.join(', '), text);
  };
}

export const outputFormat = oneOf<'keep' | Format>('--format', ['keep', ...FORMATS]);
export const conflictRule = oneOf<OutputSpec['onConflict']>('--on-conflict', ['skip', 'rename', 'overwrite']);

export function depth(text: string): 8 | 16 {
  if (text === '8') return 8;
  if (text === '16') return 16;
  throw wrong('--depth', '8 or 16', text);
}

export function nameTemplate(text: string): string {
  if (text.length >= 1 && text.length <= 255) return text;
  throw wrong('--name', '1 to 255 characters', text);
}

function wrong(option: string, expected: string, received: string): Fault {
  return new Fault('E_USAGE', { why: `Expected ${expected} for ${option} but received "${received}".` });
}
