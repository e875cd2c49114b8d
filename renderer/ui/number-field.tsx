/** Owns a number one types: it may be half-typed while in it, and is snapped into its range when one leaves or confirms. */
import { type ReactNode, useState } from 'react';
import { digitsOf, type Scale, snap } from './scale.ts';

interface NumberFieldProps {
  readonly name: string;
  readonly value: number;
  readonly scale: Scale;
  readonly unit: string;
  readonly disabled?: boolean;
  onChange(value: number): void;
}

export function NumberField({ name, value, scale, unit, disabled, onChange }: NumberFieldProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const typed = Number((draft ?? '').replace(',', '.'));
    if (draft !== null && draft.trim() !== '' && Number.isFinite(typed)) onChange(snap(scale, typed));
    setDraft(null);
  };
  const nudge = (steps: number) => {
    setDraft(null);
    onChange(snap(scale, value + steps * scale.step));
  };
  return (
    <span className="number-field">
      <input
        type="text"
        inputMode="decimal"
        role="spinbutton"
        aria-label={name}
        aria-valuemin={scale.min}
        aria-valuemax={scale.max}
        aria-valuenow={value}
        disabled={disabled}
        value={draft ?? value.toFixed(digitsOf(scale))}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'ArrowUp') nudge(event.shiftKey ? 10 : 1);
          else if (event.key === 'ArrowDown') nudge(event.shiftKey ? -10 : -1);
          else if (event.key === 'Escape' && draft !== null) {
            // Leaves the field as it was, and nothing else: Esc must not reach a running batch from here.
            event.stopPropagation();
            setDraft(null);
            return;
          } else return;
          event.preventDefault();
        }}
      />
      {unit === '' ? null : (
        <span className="number-unit" aria-hidden="true">
          {unit}
        </span>
      )}
    </span>
  );
}
