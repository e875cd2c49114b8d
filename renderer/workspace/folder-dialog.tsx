/** Owns choosing a folder where the host has no dialog of the system: a list to walk through, or a path to type. */
import { ArrowUp, File, Folder } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { AppContract, FaultRecord, Result } from '../../preload/contract.ts';
import { asFault, toRecord } from '../../preload/faults.ts';
import { useWords } from '../i18n.ts';
import { client } from '../session.ts';
import { readState } from '../store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultText } from '../ui/fault-text.tsx';

type Listing = Result<AppContract, 'folder.list'>;

interface FolderDialogProps {
  readonly purpose: 'source' | 'output';
  /** Opened because a drop told no path. */
  readonly dropped: boolean;
  onChoose(path: string): void;
  onClose(): void;
}

export function FolderDialog({ purpose, dropped, onChoose, onClose }: FolderDialogProps): ReactNode {
  const { t } = useWords();
  const [place, setPlace] = useState<string | null>(() => startOf(purpose));
  const [typed, setTyped] = useState(place ?? '');
  const { listing, fault } = useListing(place);
  useEffect(() => {
    if (listing !== null) setTyped(listing.path ?? '');
  }, [listing]);
  const go = (path: string | null) => {
    setPlace(path);
    setTyped(path ?? '');
  };
  const folders = (listing?.entries ?? []).filter((entry) => entry.isFolder);
  const files = (listing?.entries ?? []).filter((entry) => !entry.isFolder);
  return (
    <Dialog
      title={t(purpose === 'source' ? 'folder.titleSource' : 'folder.titleOutput')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" disabled={typed.trim() === ''} onClick={() => onChoose(typed.trim())}>
            {t(purpose === 'source' ? 'folder.open' : 'folder.use')}
          </Button>
        </>
      }
    >
      {dropped ? <p className="folder-note">{t('folder.dropped')}</p> : null}
      <form
        className="folder-path"
        onSubmit={(event) => {
          event.preventDefault();
          go(typed.trim() === '' ? null : typed.trim());
        }}
      >
        <IconButton
          name={t('folder.up')}
          disabled={listing === null || listing.path === null}
          onClick={() => go(listing?.parent ?? null)}
        >
          <ArrowUp size={16} />
        </IconButton>
        <input
          className="text-field"
          aria-label={t('folder.path')}
          placeholder={t('folder.path')}
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit">{t('folder.go')}</Button>
      </form>
      <div className="folder-list">
        {fault === null ? null : <FaultText fault={fault} />}
        {listing !== null && listing.entries.length === 0 ? <p className="folder-none">{t('folder.none')}</p> : null}
        <ul aria-label={t('folder.contents')}>
          {folders.map((entry) => (
            <li key={entry.path}>
              <button type="button" className="folder-entry" onClick={() => go(entry.path)}>
                <Folder size={16} aria-hidden="true" />
                {entry.name}
              </button>
            </li>
          ))}
          {purpose === 'output'
            ? null
            : files.map((entry) => (
                <li key={entry.path} className="folder-entry folder-file">
                  <File size={16} aria-hidden="true" />
                  {entry.name}
                </li>
              ))}
        </ul>
      </div>
    </Dialog>
  );
}

/** Where one was last is where one most likely wants to go on. */
function startOf(purpose: 'source' | 'output'): string | null {
  const { source, output } = readState();
  return purpose === 'output' && output.folderChosen ? output.folder : (source?.root ?? null);
}

function useListing(place: string | null): { readonly listing: Listing | null; readonly fault: FaultRecord | null } {
  const [listing, setListing] = useState<Listing | null>(null);
  const [fault, setFault] = useState<FaultRecord | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    client()
      .request('folder.list', { path: place }, { signal: abort.signal })
      .then(
        (answer) => {
          setListing(answer);
          setFault(null);
        },
        (error: unknown) => {
          if (!abort.signal.aborted) setFault(toRecord(asFault(error)));
        },
      );
    return () => abort.abort();
  }, [place]);
  return { listing, fault };
}
