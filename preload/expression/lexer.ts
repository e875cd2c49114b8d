/** Owns how a formula falls into words: numbers, names, signs. One pass, no way back: its time is the text's length. */
import { formulaFault } from './fault.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** From 1. */
  readonly column: number;
}

const WORD =
  /(\s+)|((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z_0-9]*)|(<=|>=|==|!=|&&|\|\||[-+*/%^<>!?:()[\],])/y;

/** The last token is the end. Throws Fault E_EXPRESSION at a character that is none of the language's. */
export function tokensOf(text: string, formula: string): Token[] {
  const tokens: Token[] = [];
  WORD.lastIndex = 0;
  while (WORD.lastIndex < text.length) {
    const column = WORD.lastIndex + 1;
    const found = WORD.exec(text);
    if (found === null) {
      // A whole character, also one of two UTF-16 units.
      const [character = ''] = text.slice(column - 1);
      throw formulaFault(formula, column, 'r | 0.5 | + - * / …', character);
    }
    const [word, space, number, name] = found;
    if (space !== undefined) continue;
    tokens.push({ kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign', text: word, column });
  }
  tokens.push({ kind: 'end', text: '', column: text.length + 1 });
  return tokens;
}
