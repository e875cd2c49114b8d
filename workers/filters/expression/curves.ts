/** Owns whether a program is but a curve for each colour. Knows programs, no formula. */
import type { Channels } from '../../raster.ts';
import { type Node, type Program, readsOf } from './program.ts';

/** Whether each colour comes from itself alone, at its own pixel, wherever that is; alpha as it was. */
export function isCurves({ nodes, outputs }: Program, channels: Channels): boolean {
  if (outputs.length !== channels) return false;
  const alpha = channels === 2 || channels === 4 ? channels - 1 : null;
  // For each node the one channel it comes from; null: none yet (constants), NaN: not to be had from one.
  const sources: (number | null)[] = [];
  for (const node of nodes) sources.push(sourceOf(node, sources));
  return outputs.every((value, channel) =>
    channel === alpha ? nodes[value]?.kind === 'raw' : sources[value] === channel || sources[value] === null,
  );
}

function sourceOf(node: Node, sources: readonly (number | null)[]): number | null {
  switch (node.kind) {
    case 'constant':
      return null;
    case 'place':
      return Number.NaN;
    case 'raw':
      return node.dx === 0 && node.dy === 0 ? node.channel : Number.NaN;
    case 'step': {
      const read = readsOf(node).map((value) => sources[value] as number | null);
      const channels = new Set(read.filter((channel) => channel !== null));
      return channels.size > 1 ? Number.NaN : ([...channels][0] ?? null);
    }
    default:
      return node satisfies never;
  }
}
