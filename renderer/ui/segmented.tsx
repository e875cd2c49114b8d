/** Owns a row of choices of which exactly one holds. */
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { Hint } from './hint.tsx';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly keys?: string;
  readonly icon?: ReactNode;
}

interface SegmentedProps<T extends string> {
  readonly name: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly disabled?: boolean;
  onChange(value: T): void;
}

export function Segmented<T extends string>({
  name,
  value,
  options,
  disabled = false,
  onChange,
}: SegmentedProps<T>): ReactNode {
  return (
    <ToggleGroup.Root
      type="single"
      className="segmented"
      aria-label={name}
      value={value}
      disabled={disabled}
      // Empty when the chosen one is pressed again: it stays.
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <Hint key={option.value} text={option.label} keys={option.keys}>
          {/* Its own element: a hint and a toggle both write data-state, and the hint's would win. */}
          <span className="segment-place">
            <ToggleGroup.Item className="segment" value={option.value} aria-label={option.label}>
              {option.icon}
              <span className={option.icon === undefined ? undefined : 'segment-label'}>{option.label}</span>
            </ToggleGroup.Item>
          </span>
        </Hint>
      ))}
    </ToggleGroup.Root>
  );
}
