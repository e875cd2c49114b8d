/**
 * Owns what both sides of the comparison ask for: the same part of the same photo, one with the chain, one without its
 * filters. Geometry is on both, so that what lies side by side is the same part of the scene.
 */
import { useMemo } from 'react';
import type { Step } from '../../preload/contract.ts';
import { geometryOf } from '../../preload/geometry.ts';
import { type Size, viewOf } from './geometry.ts';
import { type Rendered, useRendered } from './use-rendered.ts';
import { useView } from './view.ts';

export interface Subject {
  readonly sourceId: string;
  readonly index: number;
  /** Only the steps switched on. */
  readonly chain: readonly Step[];
  /** Pixels of the picture as the chain's geometry makes it, once known. */
  readonly size: Size | null;
}
export interface Sides {
  readonly before: Rendered;
  readonly after: Rendered;
}

export function useSides({ sourceId, index, chain, size }: Subject, pane: Size, pixelRatio: number): Sides {
  const { zoom, centre } = useView();
  const geometry = useMemo(() => geometryOf(chain), [chain]);
  const onlyBefore = useView((view) => view.arrangement === 'original') || chain.length === geometry.length;
  const { width, height } = pane;
  const view = useMemo(
    () => viewOf(zoom, size, { width, height }, pixelRatio, centre),
    [zoom, size, width, height, pixelRatio, centre],
  );
  const beforeWish = useMemo(
    () => (view === null ? null : { sourceId, index, chain: geometry, view }),
    [sourceId, index, view, geometry],
  );
  const afterWish = useMemo(
    () => (view === null || onlyBefore ? null : { sourceId, index, chain, view }),
    [sourceId, index, view, onlyBefore, chain],
  );
  const before = useRendered(beforeWish);
  const after = useRendered(afterWish);
  // Nothing switched on changes nothing: the same picture on both sides, asked for once.
  return { before, after: onlyBefore ? before : after };
}
