/** Owns what is told across the window until it is put away: the host's notices, and the last request that failed. */
import { CircleAlert, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { tellFault, tellNotice } from '../../preload/faults.ts';
import { useWords } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import { IconButton } from '../ui/button.tsx';

export function NoticeBar(): ReactNode {
  const { t, language } = useWords();
  const notices = useStore((state) => state.notices);
  const problem = useStore((state) => state.problem);
  const told = problem === null ? null : tellFault(problem, language);
  return (
    <div className="notice-bars">
      {told === null ? null : (
        <div className="notice-bar notice-problem" role="alert" data-code={problem?.code}>
          <CircleAlert size={16} aria-hidden="true" />
          <p className="selectable">
            <strong>{told.reason}</strong> {told.remedy}
          </p>
          <IconButton name={t('ui.dismiss')} onClick={() => dispatch({ kind: 'problem', fault: null })}>
            <X size={14} />
          </IconButton>
        </div>
      )}
      {notices.length === 0 ? null : (
        <div className="notice-bar" role="status">
          <Info size={16} aria-hidden="true" />
          <p className="selectable">{notices.map((notice) => tellNotice(notice, language)).join(' ')}</p>
          <IconButton name={t('ui.dismiss')} onClick={() => dispatch({ kind: 'notices-read' })}>
            <X size={14} />
          </IconButton>
        </div>
      )}
    </div>
  );
}
