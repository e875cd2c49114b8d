/** Owns one side's picture in a pane: the part in sight over the whole, over the thumbnail until there is better. */
import type { CSSProperties, ReactNode } from 'react';
import type { Thumbnail } from '../files/thumbnails.ts';
import type { Rect } from './geometry.ts';
import type { Rendered, Shown } from './use-rendered.ts';

interface LayerProps {
  readonly alt: string;
  readonly subject: string;
  readonly place: Rect;
  readonly rendered: Rendered;
  readonly thumbnail: Thumbnail | null;
  readonly zoomed: boolean;
  readonly style?: CSSProperties;
}

export function PictureLayer({ alt, subject, place, rendered, thumbnail, zoomed, style }: LayerProps): ReactNode {
  const whole = rendered.whole?.subject === subject ? rendered.whole : null;
  const region = zoomed && rendered.region?.subject === subject ? rendered.region : null;
  return (
    <div className="layer" style={style}>
      {whole === null && thumbnail !== null ? (
        <img className="layer-image layer-thumbnail" src={thumbnail.url} alt="" style={box(place)} draggable={false} />
      ) : null}
      {whole === null ? null : (
        <img
          className="layer-image"
          src={whole.url}
          alt={region === null ? alt : ''}
          style={box(place)}
          draggable={false}
        />
      )}
      {region === null ? null : (
        <img
          className="layer-image layer-region"
          src={region.url}
          alt={alt}
          style={box(partOf(place, region))}
          draggable={false}
        />
      )}
    </div>
  );
}

function partOf(place: Rect, shown: Shown): Rect {
  const x = place.width / shown.source.width;
  const y = place.height / shown.source.height;
  return {
    left: place.left + shown.part.left * x,
    top: place.top + shown.part.top * y,
    width: shown.part.width * x,
    height: shown.part.height * y,
  };
}

function box({ left, top, width, height }: Rect): CSSProperties {
  return { left, top, width, height };
}
