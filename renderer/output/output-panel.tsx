/** Owns the choices of what comes out: where, as what, under which name, and what if it exists. */
import { FolderOutput } from 'lucide-react';
import type { ReactNode } from 'react';
import { baseName } from '../format.ts';
import { useWords } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import { Select } from '../ui/select.tsx';
import { Slider } from '../ui/slider.tsx';
import { NameField } from './name-field.tsx';
import {
  CONFLICT_RULES,
  canHold16,
  DEPTHS,
  hasQuality,
  OUTPUT_FORMATS,
  type OutputChoice,
  withFormat,
} from './rules.ts';
import './output.css';

const QUALITY = { kind: 'linear', min: 1, max: 100, step: 1 } as const;

export function OutputPanel({ onPick }: { readonly onPick: () => void }): ReactNode {
  const { t } = useWords();
  const output = useStore((state) => state.output);
  const change = (patch: Partial<OutputChoice>) => dispatch({ kind: 'output', patch });
  return (
    <section className="output" aria-label={t('output.title')}>
      <h2 className="pane-title">{t('output.title')}</h2>
      <div className="field-row">
        <span className="field-label">{t('output.folder')}</span>
        <button
          type="button"
          className="path-button"
          title={output.folder ?? undefined}
          aria-label={t('output.folderButton', { folder: output.folder ?? t('output.noFolder') })}
          onClick={onPick}
        >
          <FolderOutput size={14} aria-hidden="true" />
          <span>{output.folder === null ? t('output.noFolder') : baseName(output.folder)}</span>
        </button>
      </div>
      {output.folder === null ? null : (
        <p className="field-note path-note selectable" title={output.folder}>
          {/* Cut at the front: the end of a path is what tells it from others. */}
          <bdi>{output.folder}</bdi>
        </p>
      )}
      <div className="field-row">
        <span className="field-label">{t('output.format')}</span>
        <Select
          name={t('output.format')}
          value={output.format}
          options={OUTPUT_FORMATS.map((value) => ({ value, label: t(`output.formats.${value}`) }))}
          onChange={(format) => change(withFormat(format, output.depth))}
        />
      </div>
      {hasQuality(output.format) ? (
        <Slider
          name={t('output.quality')}
          label={t('output.quality')}
          hint={t(output.format === 'keep' ? 'output.qualityKeepHelp' : 'output.qualityHelp')}
          value={output.quality}
          scale={QUALITY}
          unit=""
          defaultValue={90}
          onChange={(quality) => change({ quality })}
        />
      ) : null}
      <div className="field-row">
        <span className="field-label">{t('output.depth')}</span>
        {canHold16(output.format) ? (
          <Select
            name={t('output.depth')}
            value={String(output.depth)}
            options={DEPTHS.map((depth) => ({ value: String(depth), label: t(`output.depths.${depth}`) }))}
            onChange={(value) => change({ depth: DEPTHS.find((depth) => String(depth) === value) ?? 'keep' })}
          />
        ) : (
          <span className="field-fixed">{t('output.only8')}</span>
        )}
      </div>
      <NameField />
      <div className="field-row">
        <span className="field-label">{t('output.conflict')}</span>
        <Select
          name={t('output.conflict')}
          value={output.onConflict}
          options={CONFLICT_RULES.map((value) => ({ value, label: t(`output.conflicts.${value}`) }))}
          onChange={(onConflict) => change({ onConflict })}
        />
      </div>
      <p className="field-note">{t('output.kept')}</p>
    </section>
  );
}
