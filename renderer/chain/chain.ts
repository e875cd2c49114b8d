/**
 * Owns the chain as it is edited: steps with keys that stay while they are moved. Pure.
 * Refuses to know the engine; filters come from the catalogue the host handed over.
 */
import type { FilterInfo, ParamInfo, Step } from '../../preload/contract.ts';

export interface ChainItem {
  /** Names the card while it is moved; never leaves the window. */
  readonly key: number;
  readonly step: Step;
}
export type ParamValue = Step['params'][string];

export type ChainAct =
  | { readonly kind: 'chain'; readonly steps: readonly Step[] }
  | { readonly kind: 'chain-add'; readonly filter: FilterInfo }
  | { readonly kind: 'chain-remove'; readonly key: number }
  | { readonly kind: 'chain-move'; readonly key: number; readonly to: number }
  | { readonly kind: 'chain-enable'; readonly key: number; readonly enabled: boolean }
  | { readonly kind: 'chain-param'; readonly key: number; readonly name: string; readonly value: ParamValue };

/** The contract takes no longer chain (preload/contract.ts). */
export const LONGEST_CHAIN = 64;

export function reduceChain(chain: readonly ChainItem[], act: ChainAct): readonly ChainItem[] {
  switch (act.kind) {
    case 'chain':
      return act.steps.map((step, key) => ({ key, step }));
    case 'chain-add':
      return chain.length >= LONGEST_CHAIN ? chain : [...chain, { key: nextKey(chain), step: newStep(act.filter) }];
    case 'chain-remove':
      return chain.filter((item) => item.key !== act.key);
    case 'chain-move': {
      const moved = chain.find((item) => item.key === act.key);
      if (moved === undefined) return chain;
      const others = chain.filter((item) => item !== moved);
      const to = Math.max(0, Math.min(others.length, act.to));
      return [...others.slice(0, to), moved, ...others.slice(to)];
    }
    case 'chain-enable':
      return edit(chain, act.key, (step) => ({ ...step, enabled: act.enabled }));
    case 'chain-param':
      return edit(chain, act.key, (step) => ({ ...step, params: { ...step.params, [act.name]: act.value } }));
  }
}

function edit(chain: readonly ChainItem[], key: number, change: (step: Step) => Step): readonly ChainItem[] {
  return chain.map((item) => (item.key === key ? { key, step: change(item.step) } : item));
}

function nextKey(chain: readonly ChainItem[]): number {
  return chain.reduce((highest, item) => Math.max(highest, item.key), -1) + 1;
}

function newStep(filter: FilterInfo): Step {
  return {
    filter: filter.id,
    params: Object.fromEntries(filter.params.map((param) => [param.name, param.default])),
    enabled: true,
  };
}

export function stepsOf(chain: readonly ChainItem[]): Step[] {
  return chain.map((item) => item.step);
}

/** The steps a preview needs; what is switched off changes nothing and should not make a new picture. */
export function enabledSteps(chain: readonly ChainItem[]): Step[] {
  return chain.filter((item) => item.step.enabled).map((item) => item.step);
}

/** A remembered chain may be of another version: what this catalogue does not have is dropped, the rest kept in range. */
export function fitChain(steps: readonly Step[], filters: readonly FilterInfo[]): Step[] {
  return steps.flatMap((step) => {
    const filter = filters.find((info) => info.id === step.filter);
    if (filter === undefined) return [];
    const params = filter.params.map((param) => [param.name, fitValue(param, step.params[param.name])] as const);
    return [{ filter: filter.id, params: Object.fromEntries(params), enabled: step.enabled }];
  });
}

export function fitValue(param: ParamInfo, value: ParamValue | undefined): ParamValue {
  switch (param.type) {
    case 'number':
      return typeof value === 'number' ? Math.min(param.max, Math.max(param.min, value)) : param.default;
    case 'choice':
      return param.options.some((option) => option.value === value) ? (value ?? param.default) : param.default;
    case 'switch':
      return typeof value === 'boolean' ? value : param.default;
    case 'text':
      return typeof value === 'string' ? value.slice(0, param.maxLength) : param.default;
  }
}
