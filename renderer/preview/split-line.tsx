/** Owns the line between before and after: dragged, or moved by the arrow keys. */
import { ChevronsLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n.ts';
import type { Rect } from './geometry.ts';
import { moveSplit } from './view.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -0.01, ArrowRight: 0.01, PageDown: -0.1, PageUp: 0.1 };

export function SplitLine({ split, seen }: { readonly split: number; readonly seen: Rect }): ReactNode {
  const { t } = useWords();
  return (
    <div
      className="split-line"
      role="slider"
      tabIndex={0}
      aria-label={t('preview.splitLine')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(split * 100)}
      aria-valuetext={t('preview.splitAt', { percent: Math.round(split * 100) })}
      style={{ left: seen.left + split * seen.width, top: seen.top, height: seen.height }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId) || seen.width === 0) return;
        const stage = event.currentTarget.parentElement?.getBoundingClientRect();
        if (stage !== undefined) moveSplit((event.clientX - stage.left - seen.left) / seen.width);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        moveSplit(0.5);
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (event.key === 'Home') moveSplit(0);
        else if (event.key === 'End') moveSplit(1);
        else if (step !== undefined) moveSplit(split + step * (event.shiftKey ? 5 : 1));
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <span className="split-grip">
        <ChevronsLeftRight size={14} aria-hidden="true" />
      </span>
    </div>
  );
}
