/**
 * Owns a choice of one from a few, by the platform's own list. Radix's Select lost: it writes <style> elements into the
 * page, which the CSP forbids, and the platform's list is known to every screen reader and touch screen.
 */
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

interface SelectProps<T extends string> {
  readonly name: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly disabled?: boolean;
  onChange(value: T): void;
}

export function Select<T extends string>({ name, value, options, disabled, onChange }: SelectProps<T>): ReactNode {
  return (
    <span className="select">
      <select
        aria-label={name}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  );
}
