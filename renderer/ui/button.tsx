/** Owns the buttons of the window: a plain one, the one primary, and one that is only a sign (with a name). */
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Hint } from './hint.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly ref?: React.Ref<HTMLButtonElement>;
}

export function Button({ tone = 'plain', className = '', ...rest }: ButtonProps): ReactNode {
  return <button type="button" className={`button button-${tone} ${className}`} {...rest} />;
}

interface IconButtonProps extends Omit<ButtonProps, 'aria-label'> {
  /** Its name for those who do not see the sign, and its hint for those who do. */
  readonly name: string;
  readonly keys?: string;
}

export function IconButton({ name, keys, className = '', children, ...rest }: IconButtonProps): ReactNode {
  return (
    <Hint text={name} keys={keys}>
      <button type="button" className={`icon-button ${className}`} aria-label={name} {...rest}>
        {children}
      </button>
    </Hint>
  );
}
