/** Owns how a chain as it was asked for becomes one that can run. Knows the catalogue, no filter by name. */
import { checkStep } from '../../preload/chain.ts';
import type { Step } from '../../preload/contract.ts';
import { filterById, INFOS } from '../filters/catalogue.ts';
import type { FilterDefinition, ParamValues, PictureShape } from '../filters/define.ts';
import type { Channels, Depth } from '../raster.ts';
import type { Size } from './regions.ts';

export interface PreparedStep {
  readonly filter: FilterDefinition;
  /** Checked and complete. */
  readonly params: ParamValues;
}

/** Of filters alone. Steps switched off are left out, and may say anything. Throws Fault E_NO_FILTER, E_PARAM. */
export function prepareChain(steps: readonly Step[]): PreparedStep[] {
  return steps.filter((step) => step.enabled).map(prepareStep);
}

/** Throws Fault E_NO_FILTER, E_PARAM. */
export function prepareStep(step: Step): PreparedStep {
  const filter = filterById(step.filter);
  const params = checkedParams(step);
  filter.check?.(params);
  return { filter, params };
}

/** Complete. Throws Fault E_NO_FILTER, E_PARAM. */
export function checkedParams(step: Step): ParamValues {
  return checkStep(INFOS, step);
}

/** A step that knows the samples it will get. */
export interface Stage extends PreparedStep {
  /** px */
  readonly halo: number;
  /** Work a sample of the input takes (shape.ts); null where it is that of two passes of a blur. */
  readonly taps: number | null;
  readonly channelsIn: Channels;
  readonly channelsOut: Channels;
}

/** `picture`: the whole one, which every stage keeps. */

export function stagesOf(
  chain: readonly PreparedStep[],
  channels: Channels,
  depth: Depth,
  { width, height }: Size,
): Stage[] {
  let channelsIn = channels;
  return chain.map(({ filter, params }) => {
    const channelsOut = filter.channels?.(channelsIn, params) ?? channelsIn;
    const picture: PictureShape = { width, height, channels: channelsIn, depth };
    const halo = filter.halo(params, depth, picture);
    const taps = filter.taps?.(params, depth, picture) ?? null;
    const stage = { filter, params, halo, taps, channelsIn, channelsOut };
    channelsIn = channelsOut;
    return stage;
  });
}

/** Its input must be complete, and counted, before its first tile. */
export function mustCount({ filter, params }: PreparedStep): boolean {
  return filter.statistics !== undefined && (filter.statistics.needed?.(params) ?? true);
}
