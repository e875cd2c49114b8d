/** Owns the picture's ground: its panes, zooming and panning in them. What is asked for is use-rendered's. */
import { type PointerEvent, type ReactNode, useMemo, useRef } from 'react';
import type { Step } from '../../preload/contract.ts';
import type { Thumbnail } from '../files/thumbnails.ts';
import { useWords } from '../i18n.ts';
import { FaultText } from '../ui/fault-text.tsx';
import { dragged, inSight, placeOf, pointAt, type Rect, type Size, viewOf } from './geometry.ts';
import { PictureLayer } from './picture-layer.tsx';
import { SplitLine } from './split-line.tsx';
import { type Rendered, subjectOf, useRendered } from './use-rendered.ts';
import { useSize } from './use-size.ts';
import { type Arrangement, look, toggleZoom, useView } from './view.ts';

interface StageProps {
  readonly sourceId: string;
  readonly index: number;
  readonly name: string;
  readonly chain: readonly Step[];
  /** Pixels of the picture, once known. */
  readonly size: Size | null;
  readonly thumbnail: Thumbnail | null;
}

const NO_STEPS: readonly Step[] = [];
/** Between two panes. */
const GAP_PX = 4;

export function Stage(props: StageProps): ReactNode {
  const { sourceId, index, name, chain, thumbnail } = props;
  const { t } = useWords();
  const { arrangement, zoom, centre, split } = useView();
  const [ref, stage] = useSize();
  const pixelRatio = window.devicePixelRatio;
  const subject = subjectOf({ sourceId, index });
  const pane = paneOf(arrangement, stage);

  const view = useMemo(
    () => viewOf(zoom, props.size, { width: pane.width, height: pane.height }, pixelRatio, centre),
    [zoom, props.size, pane.width, pane.height, pixelRatio, centre],
  );
  const filtered = chain.length > 0;
  const beforeWish = useMemo(
    () => (view === null ? null : { sourceId, index, chain: NO_STEPS, view }),
    [sourceId, index, view],
  );
  const afterWish = useMemo(
    () => (view === null || !filtered || arrangement === 'original' ? null : { sourceId, index, chain, view }),
    [sourceId, index, view, filtered, arrangement, chain],
  );
  const before = useRendered(beforeWish);
  const rendered = useRendered(afterWish);
  // Nothing switched on changes nothing: the same picture on both sides, asked for once.
  const after = filtered ? rendered : before;

  const source = props.size ?? sizeOf(before, subject) ?? thumbnailSize(thumbnail);
  const fault = [before.fault, arrangement === 'original' ? null : after.fault].find((one) => one?.subject === subject);
  const place = source === null ? null : placeOf(zoom, source, pane, pixelRatio, centre);
  const zoomed = zoom !== 'fit';
  const pan = usePan(place, pane, zoomed);

  const layer = (rendering: Rendered, label: string, style?: React.CSSProperties) =>
    place === null ? null : (
      <PictureLayer
        alt={t('preview.alt', { side: label, name })}
        subject={subject}
        place={place}
        rendered={rendering}
        thumbnail={thumbnail}
        zoomed={zoomed}
        style={style ?? {}}
      />
    );
  const seen = place === null ? null : inSight(place, pane);
  const both = arrangement === 'side' || arrangement === 'stack';

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the ground of the picture; keys do the same (shortcuts.ts)
    <div
      ref={ref}
      className={`stage stage-${arrangement}`}
      data-zoomed={zoomed}
      aria-busy={before.busy || after.busy}
      {...pan}
    >
      {fault === undefined || fault === null ? (
        <>
          {both ? (
            [before, after].map((rendering, at) => {
              const label = t(at === 0 ? 'preview.before' : 'preview.after');
              return (
                <figure key={label} className="pane" style={{ width: pane.width, height: pane.height }}>
                  {layer(rendering, label)}
                  <PaneLabel text={label} seen={seen} side="left" />
                </figure>
              );
            })
          ) : (
            <figure className="pane" style={{ width: pane.width, height: pane.height }}>
              {layer(before, t('preview.before'))}
              {arrangement === 'original' || seen === null
                ? null
                : layer(after, t('preview.after'), {
                    clipPath: `inset(0 0 0 ${Math.max(0, seen.left + split * seen.width)}px)`,
                  })}
              <PaneLabel text={t('preview.before')} seen={seen} side="left" />
              {arrangement === 'original' ? null : <PaneLabel text={t('preview.after')} seen={seen} side="right" />}
              {arrangement === 'original' || seen === null ? null : <SplitLine split={split} seen={seen} />}
            </figure>
          )}
        </>
      ) : (
        <div className="stage-fault">
          <FaultText fault={fault.fault} />
        </div>
      )}
      <div className="busy-line" data-busy={before.busy || after.busy} />
    </div>
  );
}

interface PaneLabelProps {
  readonly text: string;
  readonly seen: Rect | null;
  readonly side: 'left' | 'right';
}

function PaneLabel({ text, seen, side }: PaneLabelProps): ReactNode {
  if (seen === null || seen.width < 160) return null;
  const x = side === 'left' ? seen.left + 8 : seen.left + seen.width - 8;
  return (
    <figcaption className={`pane-label pane-label-${side}`} style={{ left: x, top: seen.top + 8 }}>
      {text}
    </figcaption>
  );
}

function paneOf(arrangement: Arrangement, stage: Size): Size {
  switch (arrangement) {
    case 'side':
      return { width: Math.max(0, (stage.width - GAP_PX) / 2), height: stage.height };
    case 'stack':
      return { width: stage.width, height: Math.max(0, (stage.height - GAP_PX) / 2) };
    case 'split':
    case 'original':
      return stage;
  }
}

function sizeOf(rendered: Rendered, subject: string): Size | null {
  const shown = rendered.whole ?? rendered.region;
  return shown?.subject === subject ? shown.source : null;
}

function thumbnailSize(thumbnail: Thumbnail | null): Size | null {
  return thumbnail === null ? null : { width: thumbnail.sourceWidth, height: thumbnail.sourceHeight };
}

/** Dragging moves the picture, both sides alike; a double click looks closer at that point, or goes back. */
function usePan(place: Rect | null, pane: Size, zoomed: boolean) {
  const from = useRef<{ readonly x: number; readonly y: number; readonly place: Rect } | null>(null);
  return {
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (!zoomed || place === null || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY, place };
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      if (from.current === null) return;
      look(dragged(from.current.place, pane, event.clientX - from.current.x, event.clientY - from.current.y));
    },
    onPointerUp() {
      from.current = null;
    },
    onPointerCancel() {
      from.current = null;
    },
    onDoubleClick(event: React.MouseEvent<HTMLDivElement>) {
      if (place === null) return;
      const stage = event.currentTarget.getBoundingClientRect();
      const x = (event.clientX - stage.left) % (pane.width + GAP_PX);
      const y = (event.clientY - stage.top) % (pane.height + GAP_PX);
      toggleZoom(pointAt(place, x, y));
    },
  };
}
