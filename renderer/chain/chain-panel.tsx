/** Owns the chain of filters as cards in their order, and moving them by drag or by keys. */
import { type ReactNode, useState } from 'react';
import { useWords } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import { AddFilter } from './add-filter.tsx';
import { StepCard } from './step-card.tsx';
import './chain.css';

export function ChainPanel(): ReactNode {
  const { t } = useWords();
  const chain = useStore((state) => state.chain);
  const filters = useStore((state) => state.filters);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [moved, setMoved] = useState('');

  const move = (key: number, to: number, name: string) => {
    dispatch({ kind: 'chain-move', key, to });
    setMoved(t('chain.moved', { name, place: to + 1, of: chain.length }));
  };

  return (
    <section className="chain" aria-label={t('chain.title')}>
      <header className="pane-head">
        <h2 className="pane-title">{t('chain.title')}</h2>
        <AddFilter />
      </header>
      {chain.length === 0 ? <p className="pane-empty">{t('chain.empty')}</p> : null}
      <ol>
        {chain.map((item, at) => {
          const filter = filters.find((info) => info.id === item.step.filter);
          return filter === undefined ? null : (
            <li
              key={item.key}
              className="chain-place"
              data-drop={over === at && dragged !== null && dragged !== item.key}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                event.dataTransfer.dropEffect = 'move';
                setOver(at);
              }}
              onDrop={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                event.stopPropagation();
                dispatch({ kind: 'chain-move', key: dragged, to: at });
              }}
            >
              <StepCard
                item={item}
                filter={filter}
                at={at}
                of={chain.length}
                dragging={dragged === item.key}
                onMove={(to, name) => move(item.key, to, name)}
                onDragStart={() => setDragged(item.key)}
                onDragEnd={() => {
                  setDragged(null);
                  setOver(null);
                }}
              />
            </li>
          );
        })}
      </ol>
      <p className="visually-hidden" role="status">
        {moved}
      </p>
    </section>
  );
}
