/** Owns one filter of the chain: its switch, its place, its parameters. */
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { FilterInfo } from '../../preload/contract.ts';
import { useWords } from '../i18n.ts';
import { dispatch } from '../store.ts';
import { IconButton } from '../ui/button.tsx';
import { Switch } from '../ui/switch.tsx';
import { type ChainItem, fitValue } from './chain.ts';
import { ParamControl } from './param-control.tsx';

interface StepCardProps {
  readonly item: ChainItem;
  readonly filter: FilterInfo;
  readonly at: number;
  readonly of: number;
  readonly dragging: boolean;
  onMove(to: number, name: string): void;
  onDragStart(): void;
  onDragEnd(): void;
}

export function StepCard({ item, filter, at, of, dragging, onMove, onDragStart, onDragEnd }: StepCardProps): ReactNode {
  const { t, language } = useWords();
  const card = useRef<HTMLElement>(null);
  const label = filter.label[language];
  const { enabled, params } = item.step;
  // Twice the same filter: the second's controls need names of their own.
  const name = t('chain.stepName', { place: at + 1, filter: label });
  return (
    <article
      ref={card}
      className="step"
      tabIndex={-1}
      aria-label={name}
      data-enabled={enabled}
      data-dragging={dragging}
    >
      <header className="step-head">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons beside it move the card without a pointer */}
        <span
          className="step-grip"
          draggable={of > 1}
          title={of > 1 ? t('chain.drag') : undefined}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', label);
            if (card.current !== null) event.dataTransfer.setDragImage(card.current, 12, 16);
            onDragStart();
          }}
          onDragEnd={onDragEnd}
        >
          <GripVertical size={14} aria-hidden="true" />
        </span>
        <h3 className="step-title" title={filter.help[language]}>
          {label}
        </h3>
        <span className="step-acts">
          <IconButton
            name={t('chain.moveUp', { name: label })}
            disabled={at === 0}
            onClick={() => onMove(at - 1, label)}
          >
            <ArrowUp size={14} />
          </IconButton>
          <IconButton
            name={t('chain.moveDown', { name: label })}
            disabled={at === of - 1}
            onClick={() => onMove(at + 1, label)}
          >
            <ArrowDown size={14} />
          </IconButton>
          <IconButton
            name={t('chain.remove', { name: label })}
            onClick={() => dispatch({ kind: 'chain-remove', key: item.key })}
          >
            <Trash2 size={14} />
          </IconButton>
        </span>
        <Switch
          name={t('chain.enable', { name: label })}
          checked={enabled}
          onChange={(on) => dispatch({ kind: 'chain-enable', key: item.key, enabled: on })}
        />
      </header>
      {filter.params.length === 0 ? null : (
        <div className="step-params">
          {filter.params.map((param) => (
            <ParamControl
              key={param.name}
              param={param}
              filter={label}
              value={fitValue(param, params[param.name])}
              onChange={(value) => dispatch({ kind: 'chain-param', key: item.key, name: param.name, value })}
            />
          ))}
        </div>
      )}
    </article>
  );
}
