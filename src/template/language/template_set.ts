/** Go templates: several files that share their named templates. The entry to the engine. */
import { isFunction, usesPatterns } from "../functions/function_table.ts";
import type { GoValue } from "../values/go_value.ts";
import { executeTemplate, type Execution, type Program } from "./execute.ts";
import { type Definition, parseTemplate } from "./parser.ts";
import type { Rendered } from "./rendered.ts";
import { isEmptyBody } from "./syntax.ts";

/** Everything that was parsed, by name. */
export interface TemplateSet {
  readonly templates: ReadonlyMap<string, Definition>;
  /** Whether a function is called that takes a regular expression. */
  readonly usesPatterns: boolean;
}

/** A set with nothing in it. */
export const NO_TEMPLATES: TemplateSet = { templates: new Map(), usesPatterns: false };

/**
 * The set together with the templates of a further file. What is parsed last wins, but an empty definition never
 * replaces another one.
 * @param name the path of the file as messages show it; the file is a template of that name
 * @throws {TemplateError}
 */
export function withTemplate(set: TemplateSet, name: string, text: string): TemplateSet {
  const templates = new Map(set.templates);
  const called = new Set<string>();
  const isCallable = (word: string) => {
    called.add(word);
    return isFunction(word);
  };
  for (const [key, definition] of parseTemplate({ name, text }, isCallable)) {
    if (!templates.has(key) || !isEmptyBody(definition.body)) templates.set(key, definition);
  }
  return { templates, usesPatterns: set.usesPatterns || [...called].some(usesPatterns) };
}

/** The set, ready to be executed: the engine for regular expressions, which is large, is loaded if it will be needed. */
export async function executable(set: TemplateSet): Promise<Program> {
  const { templates } = set;
  if (!set.usesPatterns) return { templates, compileRegExp: refusePattern };
  const { compileRegExp } = await import("../functions/regexp.ts");
  return { templates, compileRegExp };
}

function refusePattern(pattern: string): never {
  throw new Error(`Cannot compile pattern "${pattern}": no function of the templates takes one`);
}

/**
 * @param name that of a file which was parsed
 * @throws {TemplateError} nothing of a half executed text is left then
 */
export function executeIn(program: Program, name: string, data: GoValue, execution: Execution): Rendered {
  const definition = program.templates.get(name);
  if (!definition) throw new Error(`Cannot execute template "${name}": it was not parsed`);
  return executeTemplate(program, definition, data, execution);
}
