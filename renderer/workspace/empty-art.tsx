/** Owns the drawing of the empty window: a strip of photos with the line of before and after through the middle one. */
import type { ReactNode } from 'react';

export function EmptyArt(): ReactNode {
  return (
    <svg className="empty-art" viewBox="0 0 320 104" aria-hidden="true">
      <defs>
        <clipPath id="art-frame">
          <rect x="92" y="4" width="136" height="96" rx="4" />
        </clipPath>
      </defs>
      <g className="art-side">
        <rect x="2" y="28" width="36" height="48" rx="3" opacity="0.35" />
        <rect x="46" y="18" width="38" height="68" rx="3" opacity="0.65" />
        <rect x="236" y="18" width="38" height="68" rx="3" opacity="0.65" />
        <rect x="282" y="28" width="36" height="48" rx="3" opacity="0.35" />
      </g>
      <g clipPath="url(#art-frame)">
        <rect className="art-before" x="92" y="4" width="68" height="96" />
        <rect className="art-after" x="160" y="4" width="68" height="96" />
        <circle className="art-sun" cx="196" cy="32" r="9" />
        <path className="art-far" d="M92 78 L128 46 L154 68 L182 40 L228 80 V100 H92 Z" />
        <path className="art-near" d="M92 92 L122 72 L150 90 L190 66 L228 92 V100 H92 Z" />
        <rect className="art-veil" x="92" y="4" width="68" height="96" />
      </g>
      <line className="art-line" x1="160" x2="160" y1="0" y2="104" />
      <circle className="art-grip" cx="160" cy="52" r="7" />
    </svg>
  );
}
