/** Owns the list of files by name: only the lines in sight exist, tens of thousands scroll smoothly. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { baseName, formatBytes } from '../format.ts';
import { useWords, type Words } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import { FaultText } from '../ui/fault-text.tsx';
import type { FileFilter } from './counts.ts';
import { toRows } from './rows.ts';
import { StateSign, useFileState } from './state-sign.tsx';
import { moveSelection, useVisible } from './use-visible.ts';

const LINE_PX = 28;
/** What a line with reason and remedy usually needs; each is measured once it is drawn. */
const FAULT_LINE_PX = 116;
const PAGE_LINES = 10;

export function FileList(): ReactNode {
  const { t, language } = useWords();
  const files = useStore((state) => state.files);
  const filter = useStore((state) => state.filter);
  const selected = useStore((state) => state.selected);
  const visible = useVisible();
  const rows = useMemo(() => toRows(files, visible), [files, visible]);
  const withFaults = filter === 'failed' || filter === 'skipped';
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (withFaults ? FAULT_LINE_PX : LINE_PX),
    getItemKey: (at) => {
      const row = rows[at];
      return row?.kind === 'file' ? row.index : `folder ${at}`;
    },
    overscan: 8,
  });
  const reveal = useEffectEvent((index: number | null, _filter: FileFilter) => {
    const at = rows.findIndex((row) => row.kind === 'file' && row.index === index);
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  });
  // Only when the selection or the filter moves: a growing list must not pull one back.
  useEffect(() => reveal(selected, filter), [selected, filter]);

  const lines = virtual.getVirtualItems();
  const isDrawn = lines.some((line) => line.key === selected);
  if (rows.length === 0) return <p className="list-empty">{t(`files.none.${filter}`)}</p>;
  return (
    <div
      ref={scroll}
      className="file-list"
      role="listbox"
      tabIndex={0}
      aria-label={t('files.list')}
      aria-activedescendant={isDrawn ? `file-${selected}` : undefined}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (moveSelection(event.key, PAGE_LINES)) event.preventDefault();
      }}
    >
      <div className="list-space" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {lines.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key}
              // Lines of one height need no measuring, which costs a layout for each.
              ref={withFaults ? virtual.measureElement : undefined}
              data-index={item.index}
              className="list-line"
              role="presentation"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row.kind === 'folder' ? (
                <div className="list-folder" role="presentation">
                  {row.name === '' ? t('files.topFolder') : row.name}
                </div>
              ) : (
                <FileLine
                  t={t}
                  language={language}
                  index={row.index}
                  position={row.position}
                  of={visible.length}
                  withFault={withFaults}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Words come from the list: asked for by each line, they cost a third of the frames of a fast scroll. */
interface FileLineProps extends Words {
  readonly index: number;
  readonly position: number;
  readonly of: number;
  readonly withFault: boolean;
}

function FileLine({ t, language, index, position, of, withFault }: FileLineProps): ReactNode {
  const entry = useStore((state) => state.files[index]);
  const result = useStore((state) => state.results[index]);
  const selected = useStore((state) => state.selected === index);
  const state = useFileState(index);
  if (entry === undefined) return null;
  const name = baseName(entry.relativePath);
  const fault = withFault ? (result?.fault ?? entry.skip) : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it takes the keys
    <div
      id={`file-${index}`}
      className="file-line"
      role="option"
      aria-selected={selected}
      aria-posinset={position + 1}
      aria-setsize={of}
      tabIndex={-1}
      onClick={() => dispatch({ kind: 'select', index })}
    >
      <span className="file-head">
        <StateSign state={state} />
        <span className="file-name" title={entry.relativePath}>
          {name}
          {/* Read out behind the name; the sign says it to the eye. */}
          <span className="spoken">{t('files.spokenState', { state: t(`files.state.${state}`) })}</span>
        </span>
        <span className="file-size" aria-hidden="true">
          {formatBytes(language, entry.bytes)}
        </span>
      </span>
      {fault !== null ? <FaultText fault={fault} icon={false} /> : null}
    </div>
  );
}
