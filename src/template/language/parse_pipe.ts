/** Pipelines, commands and operands: what stands inside an action. */
import type { Token } from "./lexer.ts";
import { readCharacter, readNumber, readString } from "./literal.ts";
import type { Command, Literal, Operand, Pipe } from "./syntax.ts";
import { deeper, fail, isSpaceNext, next, peek, type TokenReader, unexpected } from "./token_reader.ts";

/**
 * @param context what the pipeline is for, as messages call it; `range` may declare two variables
 * @param end what closes it; it is read
 */
export function parsePipe(reader: TokenReader, context: string, end: "}}" | ")"): Pipe {
  const { at } = peek(reader);
  const { names, isAssignment } = parseTargets(reader, context);
  const commands: Command[] = [];
  while (true) {
    const token = peek(reader);
    if (token.kind === end) break;
    if (!startsOperand(token)) unexpected(reader, token, context);
    commands.push(parseCommand(reader));
  }
  const close = next(reader);
  if (commands.length === 0) fail(reader, close, `Cannot read "${context}": its value is missing`);
  for (const { first } of commands.slice(1)) {
    if (first.kind === "literal" || first.kind === "nil" || first.kind === "dot") {
      fail(reader, first, `Cannot pipe into ${first.text}: it takes no arguments`);
    }
  }
  const text = reader.source.text.slice(at, close.at).trimEnd();
  return { kind: "pipe", at, text, names, isAssignment, commands };
}

/** `$x :=`, `$x =`, and `$i, $v :=` of a range. */
function parseTargets(reader: TokenReader, context: string): { names: string[]; isAssignment: boolean } {
  const names: string[] = [];
  while (peek(reader).kind === "variable") {
    const operator = peek(reader, 1);
    if (operator.kind === ":=" || operator.kind === "=") {
      declare(reader, names, next(reader));
      next(reader);
      return { names, isAssignment: operator.kind === "=" };
    }
    if (operator.kind !== "other" || operator.text !== ",") break;
    declare(reader, names, next(reader));
    next(reader);
    if (context !== "range" || names.length > 1) {
      fail(reader, operator, `Cannot declare so many variables in "${context}"`);
    }
    const { kind } = peek(reader);
    if (kind !== "variable" && kind !== "}}") {
      fail(reader, peek(reader), 'Cannot read "range": a variable is wanted after ","');
    }
  }
  return { names, isAssignment: false };
}

function declare(reader: TokenReader, names: string[], { text }: Token): void {
  names.push(text);
  reader.scope.push(text);
  reader.variables.set(text, (reader.variables.get(text) ?? 0) + 1);
}

function startsOperand({ kind, text }: Token): boolean {
  switch (kind) {
    case "identifier":
    case "field":
    case "variable":
    case "dot":
    case "string":
    case "character":
    case "number":
    case "(":
      return true;
    default:
      return kind === "keyword" && text === "nil";
  }
}

/** Operands with space between them, up to a pipe or the end of the pipeline. */
function parseCommand(reader: TokenReader): Command {
  const first = parseOperand(reader);
  const rest: Operand[] = [];
  while (true) {
    const hasSpace = isSpaceNext(reader);
    const token = peek(reader);
    if (token.kind === "|") next(reader);
    if (token.kind === "|" || token.kind === "}}" || token.kind === ")") break;
    if (!startsOperand(token)) unexpected(reader, token, "command");
    if (!hasSpace) unexpected(reader, token, "command, where space is missing before it");
    rest.push(parseOperand(reader));
  }
  return { at: first.at, first, rest };
}

/** A term and the fields that follow it directly. */
function parseOperand(reader: TokenReader): Operand {
  const start = peek(reader).at;
  const term = parseTerm(reader);
  if (isSpaceNext(reader) || peek(reader).kind !== "field") return term;
  const { at } = peek(reader);
  const path: string[] = [];
  while (!isSpaceNext(reader) && peek(reader).kind === "field") path.push(next(reader).text.slice(1));
  const text = reader.source.text.slice(start, peek(reader, -1).at + path.at(-1)!.length + 1);
  switch (term.kind) {
    case "field":
    case "variable":
      return { ...term, at, text, path: [...term.path, ...path] };
    case "literal":
    case "nil":
    case "dot":
      return fail(reader, { at }, `Unexpected "." after ${term.text}`);
    default:
      return { kind: "chain", at, text, base: term, path };
  }
}

function parseTerm(reader: TokenReader): Operand {
  const token = next(reader);
  const { at, text } = token;
  switch (token.kind) {
    case "identifier":
      return parseWord(reader, token);
    case "keyword":
      return { kind: "nil", at, text };
    case "dot":
      return { kind: "dot", at, text };
    case "field":
      return { kind: "field", at, text, path: [text.slice(1)] };
    case "variable":
      if (!reader.variables.get(text)) fail(reader, token, `Cannot use variable "${text}": it is not declared`);
      return { kind: "variable", at, text, name: text, path: [] };
    case "(":
      return deeper(reader, token, () => parsePipe(reader, "parentheses", ")"));
    default:
      return parseLiteral(reader, token);
  }
}

function parseWord(reader: TokenReader, token: Token): Operand {
  const { at, text } = token;
  if (text === "true" || text === "false") return { kind: "literal", at, text, value: text === "true" };
  if (!reader.isFunction(text)) fail(reader, token, `Cannot call function "${text}": there is no such function`);
  return { kind: "function", at, text };
}

function parseLiteral(reader: TokenReader, token: Token): Literal {
  const { at, text } = token;
  const read = { string: readString, character: readCharacter, number: readNumber }[token.kind as string];
  if (!read) unexpected(reader, token, "command");
  try {
    return { kind: "literal", at, text, value: read(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(reader, token, `Cannot read ${token.kind} ${text}: ${error.message}`);
  }
}
