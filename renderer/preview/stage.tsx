/** Owns the picture's ground: one pane or two, what lies in them, and the line between. What is asked for is use-sides'. */
import { type CSSProperties, type ReactNode, useEffect } from 'react';
import type { Thumbnail } from '../files/thumbnails.ts';
import { useWords } from '../i18n.ts';
import { FaultText } from '../ui/fault-text.tsx';
import { inSight, placeOf, type Rect, type Size } from './geometry.ts';
import { PictureLayer } from './picture-layer.tsx';
import { SplitLine } from './split-line.tsx';
import { type Tones, useTones } from './tones.ts';
import { usePan } from './use-pan.ts';
import { type Rendered, subjectOf } from './use-rendered.ts';
import { type Sides, type Subject, useSides } from './use-sides.ts';
import { useSize } from './use-size.ts';
import { type Arrangement, useView } from './view.ts';

interface StageProps extends Subject {
  readonly name: string;
  readonly thumbnail: Thumbnail | null;
}

/** Between two panes. */
const GAP_PX = 4;

export function Stage(props: StageProps): ReactNode {
  const { arrangement, zoom, centre } = useView();
  const [ref, stage] = useSize();
  const pixelRatio = window.devicePixelRatio;
  const pane = paneOf(arrangement, stage);
  const sides = useSides(props, pane, pixelRatio);
  const subject = subjectOf(props);
  const source = props.size ?? sizeIn(sides.before, subject) ?? thumbnailSize(props.thumbnail);
  const place = source === null ? null : placeOf(zoom, source, pane, pixelRatio, centre);
  const zoomed = zoom !== 'fit';
  const pan = usePan(place, pane, GAP_PX, zoomed);
  const fault = [sides.before.fault, sides.after.fault].find((one) => one?.subject === subject)?.fault;
  const busy = sides.before.busy || sides.after.busy;
  const tones = tonesIn(sides.after, subject, zoomed);
  useEffect(() => useTones.setState({ tones }), [tones]);
  return (
    <div ref={ref} className={`stage stage-${arrangement}`} data-zoomed={zoomed} aria-busy={busy} {...pan}>
      {fault !== undefined ? (
        <div className="stage-fault">
          <FaultText fault={fault} />
        </div>
      ) : place === null ? null : (
        <Panes {...props} subject={subject} sides={sides} place={place} pane={pane} zoomed={zoomed} />
      )}
      <div className="busy-line" data-busy={busy} />
    </div>
  );
}

interface PanesProps extends StageProps {
  readonly subject: string;
  readonly sides: Sides;
  readonly place: Rect;
  readonly pane: Size;
  readonly zoomed: boolean;
}

function Panes({ name, thumbnail, subject, sides, place, pane, zoomed }: PanesProps): ReactNode {
  const { t } = useWords();
  const { arrangement, split } = useView();
  const seen = inSight(place, pane);
  const before = t('preview.before');
  const after = t('preview.after');
  const layer = (rendered: Rendered, side: string, style?: CSSProperties) => (
    <PictureLayer
      alt={t('preview.alt', { side, name })}
      subject={subject}
      place={place}
      rendered={rendered}
      thumbnail={thumbnail}
      zoomed={zoomed}
      {...(style === undefined ? {} : { style })}
    />
  );
  switch (arrangement) {
    case 'side':
    case 'stack':
      return (
        <>
          <figure className="pane" style={{ ...pane }}>
            {layer(sides.before, before)}
            <PaneLabel text={before} seen={seen} side="left" />
          </figure>
          <figure className="pane" style={{ ...pane }}>
            {layer(sides.after, after)}
            <PaneLabel text={after} seen={seen} side="left" />
          </figure>
        </>
      );
    case 'original':
      return (
        <figure className="pane" style={{ ...pane }}>
          {layer(sides.before, before)}
          <PaneLabel text={before} seen={seen} side="left" />
        </figure>
      );
    case 'split':
      return (
        <figure className="pane" style={{ ...pane }}>
          {layer(sides.before, before)}
          {layer(sides.after, after, { clipPath: `inset(0 0 0 ${seen.left + split * seen.width}px)` })}
          <PaneLabel text={before} seen={seen} side="left" />
          <PaneLabel text={after} seen={seen} side="right" />
          <SplitLine split={split} seen={seen} />
        </figure>
      );
  }
}

interface PaneLabelProps {
  readonly text: string;
  readonly seen: Rect;
  readonly side: 'left' | 'right';
}

/** px below which two labels would lie over each other. */
const LABELLED_FROM_PX = 160;

function PaneLabel({ text, seen, side }: PaneLabelProps): ReactNode {
  if (seen.width < LABELLED_FROM_PX) return null;
  const left = side === 'left' ? seen.left + 8 : seen.left + seen.width - 8;
  return (
    <figcaption className={`pane-label pane-label-${side}`} style={{ left, top: seen.top + 8 }}>
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

function sizeIn(rendered: Rendered, subject: string): Size | null {
  const shown = rendered.whole ?? rendered.region;
  return shown?.subject === subject ? shown.source : null;
}

function tonesIn(rendered: Rendered, subject: string, zoomed: boolean): Tones | null {
  const shown = zoomed ? rendered.region : rendered.whole;
  return shown?.subject === subject ? shown.tones : null;
}

function thumbnailSize(thumbnail: Thumbnail | null): Size | null {
  return thumbnail === null ? null : { width: thumbnail.sourceWidth, height: thumbnail.sourceHeight };
}
