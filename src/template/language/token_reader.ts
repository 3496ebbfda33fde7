/** Reading tokens one by one; shared by the parsers of statements and of pipelines. */
import { TemplateError, type TemplateSource } from "../values/template_error.ts";
import type { Token, TokenKind } from "./lexer.ts";

/** How deep blocks and parentheses may be nested, so that no text can exhaust the stack. */
const MAX_NESTING = 400;

export interface TokenReader {
  readonly source: TemplateSource;
  readonly tokens: readonly Token[];
  index: number;
  /** How often each variable is declared where the parser stands. */
  variables: Map<string, number>;
  /** The same in the order of declaration. */
  scope: string[];
  nesting: number;
  isFunction(name: string): boolean;
}

/** The next token but space; `skip` looks further ahead, -1 back at the last one. */
export function peek(reader: TokenReader, skip = 0): Token {
  if (skip < 0) return reader.tokens[reader.index + skip]!;
  let index = skipSpace(reader, reader.index);
  for (let left = skip; left > 0; left--) index = skipSpace(reader, index + 1);
  return tokenAt(reader, index);
}

/** Reads the next token but space. */
export function next(reader: TokenReader): Token {
  const index = skipSpace(reader, reader.index);
  reader.index = index + 1;
  return tokenAt(reader, index);
}

/** The last token, the end or a mistake of the lexer, goes on for ever. */
function tokenAt(reader: TokenReader, index: number): Token {
  return reader.tokens[Math.min(index, reader.tokens.length - 1)]!;
}

function skipSpace({ tokens }: TokenReader, index: number): number {
  return tokens[index]?.kind === "space" ? index + 1 : index;
}

/** Whether space follows, which ends an operand. */
export function isSpaceNext({ tokens, index }: TokenReader): boolean {
  return tokens[index]?.kind === "space";
}

/** Reads the next token if it is of that kind. */
export function accept(reader: TokenReader, kind: TokenKind): boolean {
  if (peek(reader).kind !== kind) return false;
  next(reader);
  return true;
}

export function expect(reader: TokenReader, kind: TokenKind, context: string): void {
  const token = next(reader);
  if (token.kind !== kind) unexpected(reader, token, context);
}

/** Reads something that may contain itself. */
export function deeper<Node>(reader: TokenReader, { at }: { readonly at: number }, read: () => Node): Node {
  if (++reader.nesting > MAX_NESTING) {
    fail(reader, { at }, `Cannot read the template: it is nested deeper than ${MAX_NESTING}`);
  }
  const node = read();
  reader.nesting--;
  return node;
}

export function fail(reader: TokenReader, { at }: { readonly at: number }, message: string): never {
  throw new TemplateError(message, reader.source, at);
}

/** A token that does not go here; for a mistake of the lexer its own message. */
export function unexpected(reader: TokenReader, token: Token, context: string): never {
  if (token.kind === "error") fail(reader, token, token.text);
  const shown = token.kind === "end" ? "the end of the file" : JSON.stringify(token.text);
  fail(reader, token, `Unexpected ${shown} in ${context}`);
}
