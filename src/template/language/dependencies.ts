/**
 * What a template can depend on, without executing it: whether a file has to be executed again for another profile, and
 * whether restic's output has to be kept for a body. In doubt the answer is yes.
 */
import { isDefaultField } from "../data/template_data.ts";
import type { Command, Operand, Pipe, Statement } from "./syntax.ts";
import type { TemplateSet } from "./template_set.ts";

/** Names under which a field is reached too: other fields that hold it, and functions. */
function aliasesOf(field: string): ReadonlySet<string> {
  const names = new Set([field]);
  if (isDefaultField(field)) names.add("DefaultData");
  if (field === "Profile") names.add("env"); // its file is named after the profile
  return names;
}

/** A search through a template and all that it calls. */
interface Search {
  readonly names: ReadonlySet<string>;
  /** Templates to look at, as `visit` notes them. */
  readonly todo: Visit[];
  readonly seen: Set<string>;
}
interface Visit {
  readonly name: string;
  /** Whether dot and `$` are the data that the execution starts with. */
  readonly isRoot: boolean;
}

/** Whether dot, and whether `$`, are the data that the execution starts with. */
interface Place {
  readonly dot: boolean;
  readonly dollar: boolean;
}

/**
 * Whether the result of template `name` can depend on `.FIELD` of its data: it, or a template that it calls, mentions
 * the field, or uses the data as a whole. Templates that are not defined mention nothing.
 */
export function dependsOn(set: TemplateSet, name: string, field: string): boolean {
  const search: Search = { names: aliasesOf(field), todo: [], seen: new Set() };
  visit(search, { name, isRoot: true });
  for (let next = search.todo.pop(); next; next = search.todo.pop()) {
    const body = set.templates.get(next.name)?.body ?? [];
    if (inStatements(search, body, { dot: next.isRoot, dollar: next.isRoot })) return true;
  }
  return false;
}

function visit({ todo, seen }: Search, next: Visit): void {
  const key = `${next.isRoot} ${next.name}`;
  if (seen.has(key)) return;
  seen.add(key);
  todo.push(next);
}

function inStatements(search: Search, statements: readonly Statement[], place: Place): boolean {
  return statements.some((statement) => inStatement(search, statement, place));
}

function inStatement(search: Search, statement: Statement, place: Place): boolean {
  switch (statement.kind) {
    case "text":
    case "break":
    case "continue":
      return false;
    case "action":
      return inPipe(search, statement.pipe, place);
    case "if":
    case "with": {
      const { branches, otherwise } = statement;
      const inBranch = branches.some(({ pipe, body }) => {
        const inside = statement.kind === "if" ? place : { ...place, dot: isWhole(pipe, place) };
        return (!isWhole(pipe, place) && inPipe(search, pipe, place)) || inStatements(search, body, inside);
      });
      return inBranch || inStatements(search, otherwise, place);
    }
    case "range": {
      const { pipe, body, otherwise } = statement;
      return inPipe(search, pipe, place) || inStatements(search, body, { ...place, dot: false }) ||
        inStatements(search, otherwise, place);
    }
    case "template": {
      const { name, pipe } = statement;
      const isRoot = pipe !== undefined && isWhole(pipe, place);
      visit(search, { name, isRoot });
      return pipe !== undefined && !isRoot && inPipe(search, pipe, place);
    }
    default:
      return statement satisfies never;
  }
}

/** Whether a pipeline is nothing but the data as a whole, not kept in a variable. */
function isWhole({ names, commands }: Pipe, place: Place): boolean {
  const [command] = commands;
  return names.length === 0 && commands.length === 1 && command!.rest.length === 0 && isData(command!.first, place);
}

function isData(operand: Operand, place: Place): boolean {
  if (operand.kind === "dot") return place.dot;
  return operand.kind === "variable" && operand.name === "$" && operand.path.length === 0 && place.dollar;
}

function inPipe(search: Search, { commands }: Pipe, place: Place): boolean {
  return commands.some((command) => inCommand(search, command, place));
}

function inCommand(search: Search, { first, rest }: Command, place: Place): boolean {
  return [first, ...rest].some((operand) => inOperand(search, operand, place));
}

function inOperand(search: Search, operand: Operand, place: Place): boolean {
  if (isData(operand, place)) return true;
  switch (operand.kind) {
    case "field":
      return place.dot && search.names.has(operand.path[0]!);
    case "variable":
      return operand.name === "$" && place.dollar && search.names.has(operand.path[0] ?? "");
    case "function":
      return search.names.has(operand.text);
    case "chain": {
      const { base, path } = operand;
      const isDataOnly = base.kind === "pipe" ? isWhole(base, place) : isData(base, place);
      return isDataOnly ? search.names.has(path[0]!) : inOperand(search, base, place);
    }
    case "pipe":
      return inPipe(search, operand, place);
    case "literal":
    case "nil":
    case "dot":
      return false;
    default:
      return operand satisfies never;
  }
}
