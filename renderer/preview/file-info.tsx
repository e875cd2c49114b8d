/** Owns the line below the picture: what the file is, what became of it, and what the photographer should know. */
import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Probed } from '../../preload/contract.ts';
import { tellFault, tellNotice } from '../../preload/faults.ts';
import { StateSign, useFileState } from '../files/state-sign.tsx';
import { baseName, formatBytes, formatMegapixels, formatNumber } from '../format.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';

export function FileInfo({ index, probed }: { readonly index: number; readonly probed: Probed | null }): ReactNode {
  const { t, language } = useWords();
  const entry = useStore((state) => state.files[index]);
  const result = useStore((state) => state.results[index]);
  const state = useFileState(index);
  if (entry === undefined) return null;
  const probe = probed?.ok ? probed.probe : null;
  const notices = [...(result?.notices ?? []), ...(probed?.ok ? probed.notices : [])];
  const told = [...new Set(notices.map((notice) => tellNotice(notice, language)))];
  const number = (value: number) => formatNumber(language, value);
  const facts =
    probe === null
      ? [formatBytes(language, entry.bytes)]
      : [
          t('preview.pixels', { width: number(probe.width), height: number(probe.height) }),
          t('preview.megapixels', { value: formatMegapixels(language, probe.width * probe.height) }),
          t('preview.kind', { kind: probe.kind.toUpperCase(), depth: probe.depth }),
          ...(probe.iccName === null ? [] : [probe.iccName]),
          formatBytes(language, entry.bytes),
        ];
  return (
    <section className="file-info" aria-label={t('preview.info')}>
      <span className="info-name selectable" title={entry.relativePath}>
        {baseName(entry.relativePath)}
      </span>
      <span className="info-facts">{facts.join(' · ')}</span>
      {told.length === 0 ? null : (
        <span className="info-notice" title={told.join('\n')}>
          <Info size={14} aria-hidden="true" />
          <span>{told.join(' ')}</span>
        </span>
      )}
      {result === undefined ? null : (
        <span className={`info-state info-${state}`} title={result.outputs.join('\n')}>
          <StateSign state={state} />
          <span className="info-word">{t(`files.state.${state}`)}</span>
          {result.fault === null || probe === null || state === 'cancelled' ? null : (
            <span className="info-fault">{tellFault(result.fault, language).reason}</span>
          )}
        </span>
      )}
    </section>
  );
}
