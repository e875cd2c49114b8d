/** Owns the choices above the picture: how before and after stand, and how close one looks. */
import { Columns2, Image, Rows2, SquareSplitHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n.ts';
import { Segmented } from '../ui/segmented.tsx';
import { ARRANGEMENTS, type Arrangement, arrange, useView, zoomTo } from './view.ts';

const KEYS: Readonly<Record<Arrangement, string>> = { split: 'Shift+Y', side: 'Y', stack: 'Alt+Y', original: '\\' };
const ICONS: Readonly<Record<Arrangement, ReactNode>> = {
  split: <SquareSplitHorizontal size={14} aria-hidden="true" />,
  side: <Columns2 size={14} aria-hidden="true" />,
  stack: <Rows2 size={14} aria-hidden="true" />,
  original: <Image size={14} aria-hidden="true" />,
};

export function PreviewBar(): ReactNode {
  const { t } = useWords();
  const arrangement = useView((view) => view.arrangement);
  const zoom = useView((view) => view.zoom);
  return (
    <div className="preview-bar">
      <Segmented
        name={t('preview.arrangement')}
        value={arrangement}
        options={ARRANGEMENTS.map((value) => ({
          value,
          label: t(`preview.${value}`),
          keys: KEYS[value],
          icon: ICONS[value],
        }))}
        onChange={arrange}
      />
      <Segmented
        name={t('preview.zoom')}
        value={String(zoom)}
        options={[
          { value: 'fit', label: t('preview.fit') },
          { value: '1', label: t('preview.actual'), keys: t('keys.space') },
          { value: '2', label: t('preview.double') },
        ]}
        onChange={(value) => zoomTo(value === 'fit' ? 'fit' : value === '2' ? 2 : 1)}
      />
    </div>
  );
}
