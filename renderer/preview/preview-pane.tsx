/** Owns the middle of the window for the chosen file: bar, picture or the reason there is none, and what is known of it. */
import { type ReactNode, useMemo } from 'react';
import type { FilterInfo, Step } from '../../preload/contract.ts';
import { geometryOf, sizeAfter } from '../../preload/geometry.ts';
import { enabledSteps } from '../chain/chain.ts';
import { useThumbnail } from '../files/use-thumbnail.ts';
import { baseName } from '../format.ts';
import { useWords } from '../i18n.ts';
import { useStore } from '../store.ts';
import { FaultText } from '../ui/fault-text.tsx';
import { FileInfo } from './file-info.tsx';
import type { Size } from './geometry.ts';
import { PreviewBar } from './preview-bar.tsx';
import { Stage } from './stage.tsx';
import { useProbe } from './use-probe.ts';
import './preview.css';

export function PreviewPane(): ReactNode {
  const { t } = useWords();
  const selected = useStore((state) => state.selected);
  return (
    <section className="preview" aria-label={t('preview.pane')}>
      <PreviewBar />
      {selected === null ? <NoFile /> : <Chosen index={selected} />}
    </section>
  );
}

/** Nothing can be looked at: still listing, nothing there, or the folder could not be read. */
function NoFile(): ReactNode {
  const { t } = useWords();
  const source = useStore((state) => state.source);
  const all = useStore((state) => state.counts.all);
  return (
    <div className="stage">
      <div className="stage-fault">
        {source?.fault != null ? (
          <FaultText fault={source.fault} />
        ) : (
          <p>{t(source?.listing ? 'preview.listing' : all === 0 ? 'preview.emptyFolder' : 'preview.chooseFile')}</p>
        )}
      </div>
    </div>
  );
}

function Chosen({ index }: { readonly index: number }): ReactNode {
  const sourceId = useStore((state) => state.source?.id ?? '');
  const entry = useStore((state) => state.files[index]);
  const chain = useStore((state) => state.chain);
  const skip = entry?.skip ?? null;
  const probed = useProbe(sourceId, skip === null ? index : null);
  const thumbnail = useThumbnail(index);
  const steps = useMemo(() => enabledSteps(chain), [chain]);
  const width = probed?.ok ? probed.probe.width : null;
  const height = probed?.ok ? probed.probe.height : null;
  const filters = useStore((state) => state.filters);
  const size = useMemo(
    () => (width === null || height === null ? null : sizeOf(filters, steps, { width, height })),
    [filters, steps, width, height],
  );
  if (entry === undefined) return null;
  const fault = skip ?? (probed?.ok === false ? probed.fault : null);
  return (
    <>
      {fault === null ? (
        <Stage
          sourceId={sourceId}
          index={index}
          name={baseName(entry.relativePath)}
          chain={steps}
          size={size}
          // Of the photo as it is: turned or cut it would be a wrong first glance.
          thumbnail={geometryOf(steps).length === 0 ? (thumbnail ?? null) : null}
        />
      ) : (
        <div className="stage">
          <div className="stage-fault">
            <FaultText fault={fault} />
          </div>
        </div>
      )}
      <FileInfo index={index} probed={probed} />
    </>
  );
}

/** Null for steps the engine will refuse: it says why, in the picture's place. */
function sizeOf(filters: readonly FilterInfo[], steps: readonly Step[], picture: Size): Size | null {
  try {
    return sizeAfter(filters, steps, picture);
  } catch {
    return null;
  }
}
