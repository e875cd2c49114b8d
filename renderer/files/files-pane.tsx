/** Owns the left pane: which files are listed, and the list. */
import type { ReactNode } from 'react';
import { formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import { FILE_FILTERS } from './counts.ts';
import { FileList } from './file-list.tsx';
import './files.css';

export function FilesPane(): ReactNode {
  const { t } = useWords();
  return (
    <nav className="files-pane" aria-label={t('files.pane')}>
      <h2 className="pane-title">{t('files.photos')}</h2>
      <Filters />
      <FileList />
    </nav>
  );
}

function Filters(): ReactNode {
  const { t, language } = useWords();
  const chosen = useStore((state) => state.filter);
  const counts = useStore((state) => state.counts);
  return (
    <ul className="filters" aria-label={t('files.show')}>
      {FILE_FILTERS.map((filter) => (
        <li key={filter}>
          <button
            type="button"
            className={`filter filter-${filter}`}
            aria-pressed={filter === chosen}
            data-empty={counts[filter] === 0}
            onClick={() => dispatch({ kind: 'filter', filter })}
          >
            <span>{t(`files.filter.${filter}`)}</span>
            <span className="filter-count">{formatNumber(language, counts[filter])}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
