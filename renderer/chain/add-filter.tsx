/** Owns the menu of the catalogue: every filter the host told of, in groups, with what it does. */
import { Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import type { FilterInfo } from '../../preload/contract.ts';
import { useWords } from '../i18n.ts';
import { dispatch, useStore } from '../store.ts';
import { LONGEST_CHAIN } from './chain.ts';

export function AddFilter(): ReactNode {
  const { t, language } = useWords();
  const filters = useStore((state) => state.filters);
  const added = useRef(false);
  const full = useStore((state) => state.chain.length >= LONGEST_CHAIN);
  return (
    // Not modal: a modal menu locks scrolling by a <style> element, which the CSP forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="button button-quiet" disabled={full}>
          <Plus size={14} aria-hidden="true" />
          {t('chain.add')}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu menu-filters"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            if (!added.current) return;
            // What was added is what one sets next.
            added.current = false;
            event.preventDefault();
            focusLastStep();
          }}
        >
          {groupsOf(filters).map(({ group, members }) => (
            <DropdownMenu.Group key={group} aria-label={t(`chain.group.${group}`)}>
              <DropdownMenu.Label className="menu-label">{t(`chain.group.${group}`)}</DropdownMenu.Label>
              {members.map((filter) => (
                <DropdownMenu.Item
                  key={filter.id}
                  className="menu-item"
                  textValue={filter.label[language]}
                  onSelect={() => {
                    added.current = true;
                    dispatch({ kind: 'chain-add', filter });
                  }}
                >
                  <span className="menu-name">{filter.label[language]}</span>
                  <span className="menu-help">{filter.help[language]}</span>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The card and not its first slider: the next arrow key may be meant for the photos. Tab goes on to the slider. */
function focusLastStep(): void {
  [...document.querySelectorAll<HTMLElement>('.step')].at(-1)?.focus();
}

interface Group {
  readonly group: FilterInfo['group'];
  readonly members: readonly FilterInfo[];
}

function groupsOf(filters: readonly FilterInfo[]): readonly Group[] {
  const groups = [...new Set(filters.map((filter) => filter.group))];
  return groups.map((group) => ({ group, members: filters.filter((filter) => filter.group === group) }));
}
