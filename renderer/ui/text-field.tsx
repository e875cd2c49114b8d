/** Owns a line of text one types, with its label and what is wrong with it. Every letter is told at once. */
import { type ReactNode, useId } from 'react';

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly maxLength: number;
  /** What is wrong with the value, in the reader's language; shown below it. */
  readonly fault?: string | undefined;
  onChange(value: string): void;
}

export function TextField({ name, label, hint, value, maxLength, fault, onChange }: TextFieldProps): ReactNode {
  const noteId = useId();
  return (
    <>
      <div className="field-row" title={hint}>
        <span className="field-label">{label}</span>
        <input
          className="text-field"
          aria-label={name}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : noteId}
          spellCheck={false}
          autoComplete="off"
          maxLength={maxLength}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {fault === undefined ? null : (
        <p id={noteId} className="field-note field-wrong" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
