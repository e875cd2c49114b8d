/** Owns the on/off switch. */
import { Switch as RadixSwitch } from 'radix-ui';
import type { ReactNode } from 'react';

interface SwitchProps {
  readonly name: string;
  readonly checked: boolean;
  readonly id?: string;
  onChange(checked: boolean): void;
}

export function Switch({ name, checked, onChange, ...rest }: SwitchProps): ReactNode {
  return (
    <RadixSwitch.Root className="switch" aria-label={name} checked={checked} onCheckedChange={onChange} {...rest}>
      <RadixSwitch.Thumb className="switch-thumb" />
    </RadixSwitch.Root>
  );
}
