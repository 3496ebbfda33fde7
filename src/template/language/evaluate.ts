/** Evaluates pipelines, commands and operands. Statements are the matter of execute.ts. */
import { type Budget, spend, STEP, weightOf } from "../values/budget.ts";
import { CallError, TemplateError, type TemplateSource } from "../values/template_error.ts";
import { fieldOf } from "./field.ts";
import type { CallContext, Parameter, TemplateFunction } from "../functions/template_function.ts";
import { fits, PARAMETER_NAMES, parameterAt, wholeLiteral } from "./parameters.ts";
import { FUNCTIONS } from "../functions/function_table.ts";
import type { Command, FunctionNode, Operand, Pipe } from "./syntax.ts";
import { type GoValue, isTrue, kindOf } from "../values/go_value.ts";

/** What an evaluation needs to know and changes. */
export interface Scope {
  /** The file that the current template is from. */
  source: TemplateSource;
  /** Where an error would be reported: the last node that was looked at. */
  at: number;
  /** Variables of the current template, the innermost last; the first is `$`. */
  variables: TemplateVariable[];
  readonly budget: Budget;
  readonly context: CallContext;
  /** Told of a variable of `.Env` that is not set but becomes text. */
  unset(name: string, at: number): void;
}

export interface TemplateVariable {
  readonly name: string;
  value: GoValue;
}

/** The value that a pipe carries into the next command, and the command it comes from. */
interface Piped {
  readonly value: GoValue;
  readonly from: Command;
}

export function failAt(scope: Scope, message: string): never {
  throw new TemplateError(message, scope.source, scope.at);
}

/** The value, which is declared or set as the pipeline says. */
export function evaluatePipe(scope: Scope, pipe: Pipe, dot: GoValue): GoValue {
  scope.at = pipe.at;
  let piped: Piped | undefined;
  for (const command of pipe.commands) {
    piped = { value: evaluateCommand(scope, command, dot, piped), from: command };
  }
  const value = piped?.value;
  for (const name of pipe.names) {
    if (pipe.isAssignment) setVariable(scope, name, value);
    else scope.variables.push({ name, value });
  }
  return value;
}

export function setVariable(scope: Scope, name: string, value: GoValue): void {
  findVariable(scope, name).value = value;
}

function findVariable(scope: Scope, name: string): TemplateVariable {
  const { variables } = scope;
  let index = variables.length - 1;
  while (index >= 0 && variables[index]!.name !== name) index--;
  pay(scope, variables.length - index);
  return variables[index] ?? failAt(scope, `Cannot set variable "${name}": it is not declared`);
}

/** @throws {TemplateError} when the budget is used up */
export function pay(scope: Scope, units: number): void {
  guarded(scope, scope.at, "go on", () => spend(scope.budget, units));
}

/** Gives errors of functions, which do not know where they are, a place: `Cannot WHAT: reason`. */
export function guarded<Result>(scope: Scope, at: number, what: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw new TemplateError(`Cannot ${what}: ${error.message}`, scope.source, at);
  }
}

function evaluateCommand(scope: Scope, { first, rest }: Command, dot: GoValue, piped: Piped | undefined): GoValue {
  pay(scope, STEP);
  switch (first.kind) {
    case "function":
    case "field":
    case "variable":
    case "chain":
      return evaluateCallable(scope, first, dot, { rest, piped });
    default:
      break;
  }
  scope.at = first.kind === "pipe" ? scope.at : first.at;
  refuseArguments(scope, first.text, { rest, piped });
  if (first.kind === "nil") failAt(scope, "Cannot use nil here: it is an argument, no command");
  return evaluateOperand(scope, first, dot);
}

/** What a function, method or field is called with. */
interface Arguments {
  readonly rest: readonly Operand[];
  readonly piped: Piped | undefined;
}
const NO_ARGUMENTS: Arguments = { rest: [], piped: undefined };

function refuseArguments(scope: Scope, text: string, { rest, piped }: Arguments): void {
  if (rest.length > 0 || piped) failAt(scope, `Cannot give an argument to ${text}: it is not a function`);
}

function evaluateOperand(scope: Scope, operand: Operand, dot: GoValue): GoValue {
  scope.at = operand.at;
  switch (operand.kind) {
    case "literal":
      return operand.value;
    case "dot":
      return dot;
    case "nil":
      return null;
    case "pipe":
      return evaluatePipe(scope, operand, dot);
    case "field":
    case "variable":
    case "chain":
    case "function":
      return evaluateCallable(scope, operand, dot, NO_ARGUMENTS);
    default:
      return operand satisfies never;
  }
}

type Callable = Extract<Operand, { kind: "field" | "variable" | "chain" | "function" }>;

function evaluateCallable(scope: Scope, operand: Callable, dot: GoValue, args: Arguments): GoValue {
  scope.at = operand.at;
  switch (operand.kind) {
    case "function":
      return callNamed(scope, operand, dot, args);
    case "field":
      return evaluatePath(scope, operand, dot, dot, args);
    case "variable": {
      const { value } = findVariable(scope, operand.name);
      if (operand.path.length > 0) return evaluatePath(scope, operand, value, dot, args);
      refuseArguments(scope, operand.text, args);
      return value;
    }
    case "chain": {
      const base = evaluateOperand(scope, operand.base, dot);
      scope.at = operand.at;
      return evaluatePath(scope, operand, base, dot, args);
    }
    default:
      return operand satisfies never;
  }
}

type PathNode = Extract<Operand, { kind: "field" | "variable" | "chain" }>;

/** `.a.b.c`: arguments are for the last one, which must then be a method. */
function evaluatePath(scope: Scope, node: PathNode, start: GoValue, dot: GoValue, args: Arguments): GoValue {
  return node.path.reduce((receiver, name, index) => {
    const given = index === node.path.length - 1 ? args : NO_ARGUMENTS;
    const found = guarded(scope, scope.at, `read field ".${name}"`, () => fieldOf(receiver, name));
    if (found.kind === "method") {
      return call(scope, { name, at: node.at, definition: found.method, receiver: [receiver] }, dot, given);
    }
    if (receiver !== undefined) refuseArguments(scope, `.${name}`, given);
    return found.value;
  }, start);
}

function callNamed(scope: Scope, { text: name, at }: FunctionNode, dot: GoValue, args: Arguments): GoValue {
  if (name === "and" || name === "or") return evaluateLogic(scope, name, at, dot, args);
  if (name === "call") return refuseCall(scope, at, dot, args);
  return call(scope, { name, at, definition: FUNCTIONS[name]!, receiver: [] }, dot, args);
}

/** The first false or true argument, else the last; what follows it is not evaluated. */
function evaluateLogic(
  scope: Scope,
  name: "and" | "or",
  at: number,
  dot: GoValue,
  { rest, piped }: Arguments,
): GoValue {
  if (rest.length === 0 && !piped) {
    failAt(scope, `Cannot call "${name}": wrong number of arguments, 0 instead of 1 or more`);
  }
  let value: GoValue;
  for (const argument of rest) {
    value = evaluateOperand(scope, argument, dot);
    if (isTrue(value) === (name === "or")) return value;
  }
  scope.at = at;
  return piped ? piped.value : value;
}

/** There are no function values that could be called. */
function refuseCall(scope: Scope, at: number, dot: GoValue, { rest, piped }: Arguments): never {
  const [first] = rest;
  const value = first ? evaluateOperand(scope, first, dot) : piped?.value;
  scope.at = at;
  return failAt(scope, `Cannot call ${first?.text ?? "it"}: ${kindOf(value)} is not a function`);
}

/** A function, or a method with its receiver, and where it is called. */
interface Target {
  readonly name: string;
  readonly at: number;
  readonly definition: TemplateFunction;
  readonly receiver: readonly GoValue[];
}

function call(scope: Scope, target: Target, dot: GoValue, args: Arguments): GoValue {
  const { name, at, definition, receiver } = target;
  checkCount(scope, target, args);
  const values = [...receiver, ...evaluateArguments(scope, target, dot, args)];
  const result = guarded(scope, at, `call "${name}"`, () => {
    for (const value of values) spend(scope.budget, weightOf(value));
    return definition.call(values, scope.context);
  });
  scope.at = at;
  return result;
}

function checkCount(scope: Scope, { name, definition }: Target, { rest, piped }: Arguments): void {
  const { parameters, more } = definition;
  const count = rest.length + (piped ? 1 : 0);
  if (count === parameters.length || (more && count > parameters.length)) return;
  const wanted = `${parameters.length}${more ? " or more" : ""}`;
  failAt(scope, `Cannot call "${name}": wrong number of arguments, ${count} instead of ${wanted}`);
}

/** The arguments in their order, the piped value last. */
function evaluateArguments(scope: Scope, target: Target, dot: GoValue, { rest, piped }: Arguments): GoValue[] {
  const { name, definition } = target;
  const values = rest.map((operand, index) => {
    const value = evaluateOperand(scope, operand, dot);
    if (value === undefined && definition.printsNil) noteUnset(scope, operand);
    const wanted = parameterAt(definition, index);
    if (fits(value, wanted)) return value;
    const whole = wanted === "int" || wanted === "span" ? wholeLiteral(operand) : undefined;
    if (whole !== undefined) return whole;
    scope.at = operand.at;
    return refuseValue(scope, name, operand.text, wanted, value);
  });
  if (!piped) return values;
  const { value, from } = piped;
  if (value === undefined && definition.printsNil && from.rest.length === 0) noteUnset(scope, from.first);
  const wanted = parameterAt(definition, rest.length);
  if (!fits(value, wanted)) refuseValue(scope, name, "the piped value", wanted, value);
  return [...values, value];
}

function refuseValue(scope: Scope, name: string, text: string, wanted: Parameter, value: GoValue): never {
  const found = kindOf(value);
  return failAt(
    scope,
    `Cannot call "${name}": wrong type of ${text}, it is ${found} instead of ${PARAMETER_NAMES[wanted]}`,
  );
}

/** Reports `.Env.NAME`, whose value is missing although its text is wanted. */
export function noteUnset(scope: Scope, operand: Operand): void {
  if (operand.kind !== "field" && operand.kind !== "variable") return;
  const { path } = operand;
  if (path.at(-2) === "Env") scope.unset(path.at(-1)!, operand.at);
}
