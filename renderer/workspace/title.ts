/** Owns the window's title: how far a batch is, for the task bar and the tab. */
import { useEffect } from 'react';
import { formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';

export function useTitle(): void {
  const { t, language } = useWords();
  const progress = useStore((state) => (state.batch.kind === 'running' ? state.batch.progress : null));
  const name = useStore((state) => state.source?.name ?? null);
  const number = (value: number) => formatNumber(language, value);
  const title =
    progress !== null
      ? t('title.running', { done: number(progress.done), total: number(progress.total) })
      : name !== null
        ? t('title.source', { name })
        : t('app.name');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
