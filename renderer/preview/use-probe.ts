/** Owns what the header of the chosen file says; asked anew for each file, forgotten when one leaves it. */
import { useEffect, useState } from 'react';
import type { Probed } from '../../preload/contract.ts';
import { asFault, toRecord } from '../../preload/faults.ts';
import { client } from '../session.ts';

export function useProbe(sourceId: string, index: number | null): Probed | null {
  const [known, setKnown] = useState<{ readonly key: string; readonly probed: Probed } | null>(null);
  const key = `${sourceId}/${index}`;
  useEffect(() => {
    if (index === null || sourceId === '') return;
    const abort = new AbortController();
    client()
      .request('file.probe', { sourceId, index }, { signal: abort.signal })
      .catch((error: unknown): Probed => ({ ok: false, fault: toRecord(asFault(error)) }))
      .then((probed) => {
        if (!abort.signal.aborted) setKnown({ key: `${sourceId}/${index}`, probed });
      });
    return () => abort.abort();
  }, [sourceId, index]);
  return known?.key === key ? known.probed : null;
}
