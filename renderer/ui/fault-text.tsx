/** Owns how a fault is told: the reason in red, calmly, and below it what to do. */
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FaultRecord } from '../../preload/contract.ts';
import { tellFault } from '../../preload/faults.ts';
import { useWords } from '../i18n.ts';

export function FaultText({ fault, icon = true }: { readonly fault: FaultRecord; readonly icon?: boolean }): ReactNode {
  const { language } = useWords();
  const told = tellFault(fault, language);
  return (
    <div className="fault" data-code={fault.code}>
      {icon ? <CircleAlert size={16} aria-hidden="true" /> : null}
      <div className="selectable">
        <p className="fault-reason">{told.reason}</p>
        <p className="fault-remedy">{told.remedy}</p>
      </div>
    </div>
  );
}
