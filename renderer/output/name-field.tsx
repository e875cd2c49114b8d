/** Owns the template of names: typed, or put together from the tokens, with what it makes of the chosen photo. */
import { Braces } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { FaultRecord } from '../../preload/contract.ts';
import { asFault, tellFault, toRecord } from '../../preload/faults.ts';
import { geometryOf } from '../../preload/geometry.ts';
import { stepsOf } from '../chain/chain.ts';
import { useWords } from '../i18n.ts';
import { client } from '../session.ts';
import { dispatch, useStore } from '../store.ts';
import { TOKENS } from './rules.ts';

/** A pause in typing; an example for every letter would be read by nobody. */
const TYPING_MS = 120;

type Example = { readonly name: string } | { readonly fault: FaultRecord } | null;

export function NameField(): ReactNode {
  const { t, language } = useWords();
  const name = useStore((state) => state.output.name);
  const input = useRef<HTMLInputElement>(null);
  const noteId = useId();
  const example = useExample();
  const change = (next: string) => dispatch({ kind: 'output', patch: { name: next } });
  const insert = (token: string) => {
    const at = input.current?.selectionStart ?? name.length;
    const end = input.current?.selectionEnd ?? at;
    change(`${name.slice(0, at)}{${token}}${name.slice(end)}`);
  };
  const wrong = example !== null && 'fault' in example;
  const tellExample = () => {
    if (example === null) return t('output.noExample');
    if ('name' in example) return t('output.example', { name: example.name });
    const told = tellFault(example.fault, language);
    return `${told.reason} ${told.remedy}`;
  };
  return (
    <>
      <div className="field-row">
        <span className="field-label">{t('output.name')}</span>
        <span className="name-field">
          <input
            ref={input}
            className="text-field"
            aria-label={t('output.name')}
            aria-invalid={wrong}
            aria-describedby={noteId}
            spellCheck={false}
            autoComplete="off"
            maxLength={255}
            value={name}
            onChange={(event) => change(event.target.value)}
          />
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger asChild>
              <button type="button" className="icon-button" aria-label={t('output.tokens')} title={t('output.tokens')}>
                <Braces size={14} />
              </button>
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
                {TOKENS.map((token) => (
                  <DropdownMenu.Item key={token} className="menu-item menu-row" onSelect={() => insert(token)}>
                    <code>{`{${token}}`}</code>
                    <span className="menu-help">{t(`output.token.${tokenKey(token)}`)}</span>
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        </span>
      </div>
      <p
        id={noteId}
        className={wrong ? 'field-note field-wrong' : example === null ? 'field-note' : 'field-note path-note'}
        role={wrong ? 'alert' : undefined}
        title={example !== null && 'name' in example ? example.name : undefined}
      >
        <bdi>{tellExample()}</bdi>
      </p>
    </>
  );
}

/** `date:YYYY-MM-DD` is explained as `date`. */
function tokenKey<T extends (typeof TOKENS)[number]>(token: T) {
  return token.split(':')[0] as T extends `${infer Name}:${string}` ? Name : T;
}

function useExample(): Example {
  const sourceId = useStore((state) => state.source?.id ?? null);
  const index = useStore((state) => state.selected);
  const { format, quality, depth, name, onConflict } = useStore((state) => state.output);
  const chain = useStore((state) => state.chain);
  const [example, setExample] = useState<Example>(null);
  useEffect(() => {
    if (sourceId === null || index === null) return setExample(null);
    const abort = new AbortController();
    const ask = async () => {
      try {
        const output = { format, quality, depth, name, onConflict };
        const asked = { sourceId, index, output, chain: [...geometryOf(stepsOf(chain))] };
        const answer = await client().request('output.example', asked, { signal: abort.signal });
        setExample({ name: answer.name });
      } catch (error) {
        // A file that cannot be read has no example; that is told where the file is, not here.
        const fault = toRecord(asFault(error));
        if (abort.signal.aborted) return;
        setExample(fault.code === 'E_TEMPLATE' || fault.code === 'E_PATH' || name === '' ? { fault } : null);
      }
    };
    const timer = setTimeout(ask, TYPING_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [sourceId, index, format, quality, depth, name, onConflict, chain]);
  return example;
}
