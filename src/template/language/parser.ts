/** The statements of a template: text, actions, blocks and the named templates that a file defines. */
import { TemplateError, type TemplateSource } from "../values/template_error.ts";
import { parsePipe } from "./parse_pipe.ts";
import { tokenize } from "./lexer.ts";
import { readString } from "./literal.ts";
import { type BranchNode, isEmptyBody, type Pipe, type RangeNode, type Statement } from "./syntax.ts";
import { accept, deeper, expect, fail, next, peek, type TokenReader, unexpected } from "./token_reader.ts";

/** A named template: those of `define` and `block`, and the file as a whole. */
export interface Definition {
  readonly name: string;
  readonly source: TemplateSource;
  readonly body: readonly Statement[];
}

interface Parser extends TokenReader {
  readonly definitions: Map<string, Definition>;
  /** How many `range` bodies are around the current place. */
  loops: number;
}

/**
 * @param isFunction whether a name is that of a function
 * @returns all templates that the text defines by name, itself among them
 * @throws {TemplateError}
 */
export function parseTemplate(
  source: TemplateSource,
  isFunction: (name: string) => boolean,
): ReadonlyMap<string, Definition> {
  const parser: Parser = {
    source,
    tokens: tokenize(source.text),
    index: 0,
    variables: new Map([["$", 1]]),
    scope: [],
    nesting: 0,
    isFunction,
    definitions: new Map(),
    loops: 0,
  };
  const body: Statement[] = [];
  while (peek(parser).kind !== "end") {
    if (!parseDefinition(parser)) body.push(parseStatement(parser));
  }
  define(parser, { name: source.name, source, body });
  return parser.definitions;
}

/** Twice the same name is a mistake, unless one of the two is empty. */
function define(parser: Parser, definition: Definition): void {
  const earlier = parser.definitions.get(definition.name);
  if (earlier && !isEmptyBody(earlier.body)) {
    if (isEmptyBody(definition.body)) return;
    const at = parser.tokens[parser.index - 1]?.at ?? 0;
    throw new TemplateError(`Cannot define template "${definition.name}": it is defined already`, parser.source, at);
  }
  parser.definitions.set(definition.name, definition);
}

/** `{{ define "name" }} … {{ end }}`, at the top level only. */
function parseDefinition(parser: Parser): boolean {
  const [open, space, word] = parser.tokens.slice(parser.index, parser.index + 3);
  const keyword = space?.kind === "space" ? word : space;
  if (open?.kind !== "{{" || keyword?.kind !== "keyword" || keyword.text !== "define") return false;
  next(parser);
  next(parser);
  const name = parseName(parser, "define");
  expect(parser, "}}", 'after the name in "define"');
  parseNamedBody(parser, name, "define");
  return true;
}

function parseName(parser: Parser, context: string): string {
  const token = next(parser);
  if (token.kind !== "string") unexpected(parser, token, `"${context}", which wants a name in quotes`);
  try {
    return readString(token.text);
  } catch (error) {
    return fail(parser, token, `Cannot read string ${token.text}: ${(error as SyntaxError).message}`);
  }
}

/** A body with variables and loops of its own, up to its `end`. */
function parseNamedBody(parser: Parser, name: string, context: string): void {
  const outside = { variables: parser.variables, scope: parser.scope, loops: parser.loops };
  Object.assign(parser, { variables: new Map([["$", 1]]), scope: [], loops: 0 });
  const { body, ending } = parseBody(parser, context);
  if (ending !== "end") unexpected(parser, peek(parser, -1), `"${context}"`);
  Object.assign(parser, outside);
  define(parser, { name, source: parser.source, body });
}

type Ending = "end" | "else";

/** Statements up to `{{ end }}` or `{{ else`, which is read; what follows `else` is not. */
function parseBody(parser: Parser, context: string): { body: Statement[]; ending: Ending } {
  const body: Statement[] = [];
  while (true) {
    const token = peek(parser);
    if (token.kind === "end") fail(parser, token, `Cannot read "${context}": "{{ end }}" is missing`);
    const ending = token.kind === "{{" ? endingAhead(parser) : undefined;
    if (ending === undefined) {
      body.push(parseStatement(parser));
      continue;
    }
    next(parser);
    next(parser);
    if (ending === "end") expect(parser, "}}", 'after "end"');
    return { body, ending };
  }
}

function endingAhead(parser: Parser): Ending | undefined {
  const word = peek(parser, 1);
  if (word.kind !== "keyword") return undefined;
  return word.text === "end" || word.text === "else" ? word.text : undefined;
}

function parseStatement(parser: Parser): Statement {
  const token = next(parser);
  if (token.kind === "text") return { kind: "text", at: token.at, text: token.text };
  if (token.kind !== "{{") unexpected(parser, token, "the text");
  const { kind, text, at } = peek(parser);
  if (kind === "keyword" && text !== "nil") return parseKeyword(parser, text, at);
  return { kind: "action", at, pipe: parsePipe(parser, "command", "}}") };
}

function parseKeyword(parser: Parser, word: string, at: number): Statement {
  next(parser);
  switch (word) {
    case "if":
    case "with":
      return deeper(parser, { at }, () => parseBranches(parser, at, word));
    case "range":
      return deeper(parser, { at }, () => parseRange(parser, at));
    case "break":
    case "continue":
      return parseJump(parser, at, word);
    case "template":
      return parseCall(parser);
    case "block":
      return deeper(parser, { at }, () => parseBlock(parser));
    case "define":
      return fail(parser, { at }, 'Cannot use "define" here: it belongs to the top level of a file');
    default:
      return fail(parser, { at }, `Unexpected "${word}": there is no block to which it belongs`);
  }
}

function parseBranches(parser: Parser, at: number, kind: "if" | "with"): BranchNode {
  const mark = parser.scope.length;
  const branches: { pipe: Pipe; body: Statement[] }[] = [];
  let otherwise: Statement[] = [];
  while (true) {
    const pipe = parsePipe(parser, kind, "}}");
    const { body, ending } = parseBody(parser, kind);
    branches.push({ pipe, body });
    if (ending === "end") break;
    if (peek(parser).kind === "keyword" && peek(parser).text === kind) { // else if, else with
      next(parser);
      continue;
    }
    otherwise = parseElse(parser, kind);
    break;
  }
  leaveScope(parser, mark);
  return { kind, at, branches, otherwise };
}

function parseRange(parser: Parser, at: number): RangeNode {
  const mark = parser.scope.length;
  const pipe = parsePipe(parser, "range", "}}");
  parser.loops++;
  const { body, ending } = parseBody(parser, "range");
  parser.loops--;
  const otherwise = ending === "else" ? parseElse(parser, "range") : [];
  leaveScope(parser, mark);
  return { kind: "range", at, pipe, body, otherwise };
}

function parseElse(parser: Parser, context: string): Statement[] {
  expect(parser, "}}", 'after "else"');
  const { body, ending } = parseBody(parser, context);
  if (ending === "else") fail(parser, peek(parser, -1), `Unexpected "else": "${context}" has one already`);
  return body;
}

/** Forgets the variables that were declared since `mark`. */
function leaveScope(parser: Parser, mark: number): void {
  for (const name of parser.scope.splice(mark)) parser.variables.set(name, (parser.variables.get(name) ?? 1) - 1);
}

function parseJump(parser: Parser, at: number, kind: "break" | "continue"): Statement {
  if (parser.loops === 0) fail(parser, { at }, `Cannot use "${kind}" here: it belongs into the body of a "range"`);
  expect(parser, "}}", `after "${kind}"`);
  return { kind, at };
}

function parseCall(parser: Parser): Statement {
  const { at } = peek(parser);
  const name = parseName(parser, "template");
  const pipe = accept(parser, "}}") ? undefined : parsePipe(parser, "template", "}}");
  return { kind: "template", at, name, pipe };
}

/** A definition and its use in one. */
function parseBlock(parser: Parser): Statement {
  const { at } = peek(parser);
  const name = parseName(parser, "block");
  const pipe = parsePipe(parser, "block", "}}");
  parseNamedBody(parser, name, "block");
  return { kind: "template", at, name, pipe };
}
