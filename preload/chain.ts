/**
 * Owns what a step may say: its filter exists, its params exist and are in range; and its text form for the command
 * line, `<id>[:param=value,...]`. Pure. Refuses to know what filters do; it reads only what they declare.
 */
import type { FilterInfo, ParamInfo, Step } from './contract.ts';
import { parseFormula } from './expression/parse.ts';
import { Fault } from './faults.ts';
import { parseWeights } from './weights.ts';

type Value = number | string | boolean;

/** The step's params, checked, those left out filled with their defaults. E_NO_FILTER, E_PARAM, E_EXPRESSION. */
export function checkStep(filters: readonly FilterInfo[], step: Step): Record<string, Value> {
  const filter = findFilter(filters, step.filter);
  for (const [name, value] of Object.entries(step.params)) checkValue(filter, findParam(filter, name, value), value);
  const given = new Map(Object.entries(step.params));
  return Object.fromEntries(filter.params.map((param) => [param.name, given.get(param.name) ?? param.default]));
}

/** Only what the text gives is in the step's params; checkStep fills in the rest. E_NO_FILTER, E_PARAM, E_EXPRESSION. */
export function parseStep(text: string, filters: readonly FilterInfo[]): Step {
  const colon = text.indexOf(':');
  const filter = findFilter(filters, (colon < 0 ? text : text.slice(0, colon)).trim());
  const params = new Map<string, Value>();
  for (const { name, value } of colon < 0 ? [] : splitPairs(filter, text.slice(colon + 1))) {
    const param = findParam(filter, name, value);
    if (params.has(name)) throw paramFault(filter, name, `${name}=… ×1`, `${name}=… ×2`);
    params.set(name, readValue(filter, param, value));
  }
  const step: Step = { filter: filter.id, params: Object.fromEntries(params), enabled: true };
  checkStep(filters, step);
  return step;
}

/** The text parseStep reads back to the same step. A step switched off has no text of its own: it reads back as on. */
export function formatStep(step: Step): string {
  const pairs = Object.entries(step.params).map(([name, value]) => `${name}=${formatValue(value)}`);
  return pairs.length === 0 ? step.filter : `${step.filter}:${pairs.join(',')}`;
}

function findFilter(filters: readonly FilterInfo[], id: string): FilterInfo {
  const found = filters.find((filter) => filter.id === id);
  if (found === undefined) throw new Fault('E_NO_FILTER', { filter: id });
  return found;
}

function findParam(filter: FilterInfo, name: string, value: Value): ParamInfo {
  const found = filter.params.find((param) => param.name === name);
  if (found !== undefined) return found;
  throw paramFault(filter, name, filter.params.map((param) => param.name).join(' | ') || '—', `${name}=${show(value)}`);
}

function checkValue(filter: FilterInfo, param: ParamInfo, value: Value): void {
  if (!isAllowed(param, value)) throw paramFault(filter, param.name, expectation(param), show(value));
  if (param.type === 'text') checkText(filter.id, param, String(value));
}

/** What the param's grammar makes of it, told with its place. E_EXPRESSION, E_PARAM. */
export function checkText(filter: string, { name, syntax }: Extract<ParamInfo, { type: 'text' }>, text: string): void {
  switch (syntax) {
    case 'formula':
      parseFormula(text, name);
      return;
    case 'weights':
      parseWeights(text, filter, name);
      return;
    case undefined:
      return;
  }
}

function isAllowed(param: ParamInfo, value: Value): boolean {
  switch (param.type) {
    case 'number':
      // The comparisons refuse NaN as well.
      return (
        typeof value === 'number' &&
        value >= param.min &&
        value <= param.max &&
        (!isWhole(param) || Number.isInteger(value))
      );
    case 'choice':
      return param.options.some((option) => option.value === value);
    case 'switch':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length <= param.maxLength;
  }
}

/**
 * A radius declared as 1, 2, 3… is not 2.5: its kernel counts pixels with it. Other steps bind only the slider's
 * notches, since a script may well want a sigma of 1.45.
 */
function isWhole(param: Extract<ParamInfo, { type: 'number' }>): boolean {
  return Number.isInteger(param.step) && Number.isInteger(param.min);
}

/** In signs rather than words, because it stands inside a sentence of any language. */
function expectation(param: ParamInfo): string {
  switch (param.type) {
    case 'number':
      return isWhole(param) ? `${param.min}, ${param.min + param.step} … ${param.max}` : `${param.min} … ${param.max}`;
    case 'choice':
      return param.options.map((option) => option.value).join(' | ');
    case 'switch':
      return 'true | false';
    case 'text':
      return `"…" × ${param.maxLength}`;
  }
}

function paramFault(filter: FilterInfo, param: string, expected: string, received: string): Fault {
  return new Fault('E_PARAM', { filter: filter.id, param, expected, received });
}

/** Long values are cut: the sentence is read by a person. */
function show(value: Value): string {
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

// ---------------------------------------------------------------- text

interface Pair {
  readonly name: string;
  readonly value: string;
}

/** `name=value`: bare up to the next comma, or quoted with `\"` and `\\` inside. */
const PAIR = /\s*([^=,"\s]+)\s*=(?:\s*"((?:[^"\\]|\\["\\])*)"\s*|([^,"]*))(?:,|$)/y;

function splitPairs(filter: FilterInfo, text: string): Pair[] {
  const pairs: Pair[] = [];
  PAIR.lastIndex = 0;
  for (let at = 0; at < text.length || text.endsWith(','); at = PAIR.lastIndex) {
    const found = PAIR.exec(text);
    if (found === null) {
      const rest = show(text.slice(at));
      throw paramFault(filter, rest, 'param=value, param="value"', rest);
    }
    const [, name = '', quoted, bare = ''] = found;
    pairs.push({ name, value: quoted === undefined ? bare.trim() : quoted.replace(/\\(["\\])/g, '$1') });
  }
  return pairs;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function readValue(filter: FilterInfo, param: ParamInfo, text: string): Value {
  const value = readAs(param.type, text);
  if (value === undefined) throw paramFault(filter, param.name, expectation(param), show(text));
  return value;
}

function readAs(type: ParamInfo['type'], text: string): Value | undefined {
  switch (type) {
    case 'number':
      return NUMBER.test(text) ? Number(text) : undefined;
    case 'choice':
    case 'text':
      return text;
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : undefined;
  }
}

function formatValue(value: Value): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'boolean') return String(value);
  return /^[^\s",\\](?:[^",\\]*[^\s",\\])?$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
