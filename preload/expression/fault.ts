/** Owns how a fault in a formula is told: where, what could stand there, what does. */
import { Fault } from '../faults.ts';

/** `expected` is in signs rather than words, because it stands inside a sentence of any language. */
export function formulaFault(formula: string, column: number, expected: string, received: string): Fault {
  // Long names are cut: the sentence is read by a person.
  const shown = received.length > 40 ? `${received.slice(0, 39)}…` : received;
  return new Fault('E_EXPRESSION', { formula, column, expected, received: shown });
}
