/**
 * Executes statements. Blocks and calls of templates are frames on an own stack, not recursion: a template may call
 * itself a hundred thousand times, which JavaScript's stack would not survive.
 */
import type { Position } from "../../model/diagnostic.ts";
import {
  append,
  type Budget,
  createBudget,
  PATTERN_STEP,
  type Sink,
  SORT_STEP,
  spend,
  STEP,
} from "../values/budget.ts";
import { CallError, positionAt, type TemplateSource } from "../values/template_error.ts";
import {
  evaluatePipe,
  failAt,
  guarded,
  noteUnset,
  pay,
  type Scope,
  setVariable,
  type TemplateVariable,
} from "./evaluate.ts";
import type { FunctionHost } from "../functions/template_function.ts";
import type { Definition } from "./parser.ts";
import { NO_VALUE, plainText, printValue, sortedEntries } from "../formats/print.ts";
import type { CompileRegExp, RegularExpression } from "../functions/regular_expression.ts";
import { type Pieces, type Rendered, renderedAsIs, renderedFrom } from "./rendered.ts";
import type { ActionNode, BranchNode, CallNode, RangeNode, Statement } from "./syntax.ts";
import { type GoValue, isCompound, isNil, isTrue, kindOf } from "../values/go_value.ts";

/** Go's limit for templates that call templates. */
const MAX_CALLS = 100_000;

/** What an execution needs from its caller. */
export interface Execution {
  readonly host: FunctionHost;
  /** A template that is called but not defined: an error (the default), or nothing. */
  readonly unknownTemplates?: "error" | "empty";
  /** What it may spend, in units of the budget. @default enough for some seconds */
  readonly units?: number;
  /**
   * A variable of `.Env` that is not set puts `<no value>` into the text; told once for each name. Not told for the
   * heads of `if`, `with` and `range`, nor for arguments of functions that decide (`or`, `and`, `not`, `eq`, …).
   */
  onUnset?(variable: string, at: Position): void;
}

interface Machine {
  readonly templates: ReadonlyMap<string, Definition>;
  readonly unknownTemplates: "error" | "empty";
  readonly frames: Frame[];
  readonly scope: Scope;
  readonly sink: Sink;
  readonly pieces: Pieces;
  /** Named templates that are being executed. */
  calls: number;
}

/** A list of statements on its way. */
interface Frame {
  readonly statements: readonly Statement[];
  next: number;
  dot: GoValue;
  /** How many variables there were before. */
  readonly mark: number;
  /** Puts dot and variables in place for the next turn of a `range`; false after the last one. */
  readonly turn?: (frame: Frame) => boolean;
  /** For a named template: what its caller goes on with. */
  readonly caller?: { readonly source: TemplateSource; readonly variables: TemplateVariable[] };
}

/** What can be executed, and what executes its patterns. */
export interface Program {
  readonly templates: ReadonlyMap<string, Definition>;
  readonly compileRegExp: CompileRegExp;
}

/** @throws {TemplateError} */
export function executeTemplate(program: Program, start: Definition, data: GoValue, execution: Execution): Rendered {
  const [only] = start.body;
  if (start.body.length === 1 && only?.kind === "text" && only.text === start.source.text) {
    return renderedAsIs(start.source);
  }
  const machine = createMachine(program, start, data, execution);
  machine.frames.push({ statements: start.body, next: 0, dot: data, mark: 1 });
  for (let frame = machine.frames.at(-1); frame; frame = machine.frames.at(-1)) {
    const statement = frame.statements[frame.next++];
    if (statement) step(machine, statement, frame.dot);
    else if (!frame.turn?.(frame)) leave(machine);
  }
  return renderedFrom(machine.sink.text, machine.pieces, start.source);
}

function createMachine(
  { templates, compileRegExp }: Program,
  { source }: Definition,
  data: GoValue,
  { host, unknownTemplates = "error", units, onUnset }: Execution,
): Machine {
  const budget = createBudget(units);
  const told = new Set<string>();
  const scope: Scope = {
    source,
    at: 0,
    variables: [{ name: "$", value: data }],
    budget,
    context: { host, budget, pattern: patternCache(compileRegExp, budget) },
    unset(name, at) {
      if (told.has(name)) return;
      told.add(name);
      onUnset?.(name, positionAt(scope.source, at));
    },
  };
  const pieces: Pieces = { starts: [], sources: [], offsets: [], isText: [] };
  return { templates, unknownTemplates, frames: [], scope, sink: { text: "", budget }, pieces, calls: 0 };
}

/** Compiles each pattern once, for a price. */
function patternCache(compile: CompileRegExp, budget: Budget): CompileRegExp {
  const patterns = new Map<string, RegularExpression>();
  return (text) => {
    const known = patterns.get(text);
    if (known) return known;
    try {
      const pattern = compile(text);
      spend(budget, pattern.size * PATTERN_STEP);
      patterns.set(text, pattern);
      return pattern;
    } catch (error) {
      throw error instanceof SyntaxError ? new CallError(error.message) : error;
    }
  };
}

function step(machine: Machine, statement: Statement, dot: GoValue): void {
  const { scope } = machine;
  scope.at = statement.at;
  pay(scope, STEP);
  switch (statement.kind) {
    case "text":
      return write(machine, true, () => append(machine.sink, statement.text));
    case "action":
      return executeAction(machine, statement, dot);
    case "if":
    case "with":
      return executeBranches(machine, statement, dot);
    case "range":
      return executeRange(machine, statement, dot);
    case "template":
      return executeCall(machine, statement, dot);
    case "break":
    case "continue":
      return jump(machine, statement.kind);
    default:
      statement satisfies never;
  }
}

/** Appends to the output and remembers where it is from. */
function write({ sink, scope, pieces }: Machine, isText: boolean, print: () => void): void {
  const { at, source } = scope;
  const start = sink.text.length;
  guarded(scope, at, "print", print);
  if (sink.text.length === start) return;
  pieces.starts.push(start);
  pieces.sources.push(source);
  pieces.offsets.push(at);
  pieces.isText.push(isText);
}

function executeAction(machine: Machine, { pipe, at }: ActionNode, dot: GoValue): void {
  const { scope, sink } = machine;
  const value = evaluatePipe(scope, pipe, dot);
  if (pipe.names.length > 0) return;
  const [command] = pipe.commands;
  if (value === undefined && pipe.commands.length === 1 && command!.rest.length === 0) noteUnset(scope, command!.first);
  scope.at = at;
  write(machine, false, () => {
    if (isNil(value)) append(sink, NO_VALUE);
    else printValue(sink, value);
  });
}

function executeBranches(machine: Machine, { kind, branches, otherwise }: BranchNode, dot: GoValue): void {
  const { scope, frames } = machine;
  const mark = scope.variables.length;
  for (const { pipe, body } of branches) {
    const value = evaluatePipe(scope, pipe, dot);
    if (!isTrue(value)) continue;
    frames.push({ statements: body, next: 0, dot: kind === "with" ? value : dot, mark });
    return;
  }
  frames.push({ statements: otherwise, next: 0, dot, mark });
}

function executeRange(machine: Machine, node: RangeNode, dot: GoValue): void {
  const { scope, frames } = machine;
  const mark = scope.variables.length;
  const elements = elementsOf(scope, node, evaluatePipe(scope, node.pipe, dot));
  const inner = scope.variables.length; // the variables of the head stay from turn to turn
  let isFirst = true;
  const turn = (frame: Frame) => {
    if (!isFirst) pay(scope, STEP);
    isFirst = false;
    const element = elements.next();
    if (element.done) return false;
    scope.variables.length = inner;
    setLoopVariables(scope, node, element.value);
    frame.next = 0;
    frame.dot = element.value.value;
    return true;
  };
  const frame: Frame = { statements: node.body, next: 0, dot, mark, turn };
  if (turn(frame)) frames.push(frame);
  else frames.push({ statements: node.otherwise, next: 0, dot, mark });
}

interface Element {
  readonly key: GoValue;
  readonly value: GoValue;
}

function* elementsOf(scope: Scope, { pipe }: RangeNode, value: GoValue): Generator<Element> {
  if (isNil(value)) return;
  if (typeof value === "bigint") {
    if (pipe.names.length > 1) failAt(scope, `Cannot range over ${value} with two variables: a number has just one`);
    for (let count = 0n; count < value; count++) yield { key: count, value: count };
  } else if (isCompound(value) && value.kind === "list") {
    for (let index = 0; index < value.items.length; index++) yield { key: BigInt(index), value: value.items[index] };
  } else if (isCompound(value) && value.kind === "map") {
    pay(scope, value.entries.size * SORT_STEP);
    for (const [key, item] of sortedEntries(value)) yield { key, value: item };
  } else {
    failAt(scope, `Cannot range over ${plainText(value) ?? "it"}: ${kindOf(value)} has no elements`);
  }
}

/** One variable is the element, two are index or key and element. */
function setLoopVariables(scope: Scope, { pipe }: RangeNode, { key, value }: Element): void {
  const { names, isAssignment } = pipe;
  const values = names.length > 1 ? [key, value] : [value];
  names.forEach((name, index) => {
    if (isAssignment) setVariable(scope, name, values[index]);
    else scope.variables[scope.variables.length - names.length + index]!.value = values[index];
  });
}

function executeCall(machine: Machine, { name, at, pipe }: CallNode, dot: GoValue): void {
  const { scope, frames, templates } = machine;
  const definition = templates.get(name);
  if (!definition) {
    if (machine.unknownTemplates === "empty") return;
    failAt(scope, `Template "${name}" is not defined`);
  }
  if (machine.calls === MAX_CALLS) {
    failAt(scope, `Cannot execute template "${name}": the depth of ${MAX_CALLS} calls is exceeded`);
  }
  const mark = scope.variables.length;
  const data = pipe && evaluatePipe(scope, pipe, dot);
  scope.variables.length = mark;
  frames.push({
    statements: definition.body,
    next: 0,
    dot: data,
    mark: 0,
    caller: { source: scope.source, variables: scope.variables },
  });
  machine.calls++;
  scope.at = at;
  scope.source = definition.source;
  scope.variables = [{ name: "$", value: data }];
}

/** Back to what is around the innermost frame. */
function leave(machine: Machine): void {
  const { scope } = machine;
  const { mark, caller } = machine.frames.pop()!;
  if (caller) {
    Object.assign(scope, caller);
    machine.calls--;
  } else scope.variables.length = mark;
}

/** Leaves everything up to the innermost `range`, and that too for `break`. */
function jump(machine: Machine, kind: "break" | "continue"): void {
  const { frames } = machine;
  while (!frames.at(-1)!.turn) leave(machine);
  const loop = frames.at(-1)!;
  if (kind === "break" || !loop.turn!(loop)) leave(machine);
}
