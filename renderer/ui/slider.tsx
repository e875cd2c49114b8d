/** Owns a slider with its number beside it: one value, two ways to set it. Double click takes the default back. */
import { Slider as RadixSlider } from 'radix-ui';
import type { ReactNode } from 'react';
import { NumberField } from './number-field.tsx';
import { type Scale, toPosition, toValue } from './scale.ts';

interface SliderProps {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly scale: Scale;
  readonly unit: string;
  readonly disabled?: boolean;
  /** Taken back by a double click; left out where there is none. */
  readonly defaultValue?: number;
  readonly hint?: string;
  onChange(value: number): void;
}

export function Slider({
  name,
  label,
  value,
  scale,
  unit,
  disabled,
  defaultValue,
  hint,
  onChange,
}: SliderProps): ReactNode {
  const reset = () => {
    if (defaultValue !== undefined) onChange(defaultValue);
  };
  return (
    <div className="slider-row" title={hint}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the field and the keys do the same */}
      <span className="slider-label" onDoubleClick={reset}>
        {label}
      </span>
      <RadixSlider.Root
        className="slider"
        min={0}
        max={1}
        // Arrow keys go one step of the value where steps are even, and 1 % where they are ratios.
        step={scale.kind === 'linear' ? scale.step / (scale.max - scale.min) : 0.01}
        value={[toPosition(scale, value)]}
        disabled={disabled === true}
        onValueChange={([position = 0]) => onChange(toValue(scale, position))}
        onDoubleClick={reset}
      >
        <RadixSlider.Track className="slider-track">
          <RadixSlider.Range className="slider-range" />
        </RadixSlider.Track>
        <RadixSlider.Thumb className="slider-thumb" aria-label={name} aria-valuetext={`${value} ${unit}`.trim()} />
      </RadixSlider.Root>
      <NumberField
        name={name}
        value={value}
        scale={scale}
        unit={unit}
        disabled={disabled === true}
        onChange={onChange}
      />
    </div>
  );
}
