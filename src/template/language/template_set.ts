/** Go templates: several files that share their named templates. The entry to the engine. */
import { executeTemplate, type Execution } from "./execute.ts";
import { isFunction } from "../functions/function_table.ts";
import { type Definition, parseTemplate } from "./parser.ts";
import type { Rendered } from "./rendered.ts";
import { isEmptyBody } from "./syntax.ts";
import type { Value } from "../values/go_value.ts";

/** Everything that was parsed, by name. */
export interface TemplateSet {
  readonly templates: ReadonlyMap<string, Definition>;
}

/** A set with nothing in it. */
export const NO_TEMPLATES: TemplateSet = { templates: new Map() };

/**
 * The set together with the templates of a further file. What is parsed last wins, but an empty definition never
 * replaces another one.
 * @param name the path of the file as messages show it; the file is a template of that name
 * @throws {TemplateError}
 */
export function withTemplate(set: TemplateSet, name: string, text: string): TemplateSet {
  const templates = new Map(set.templates);
  for (const [key, definition] of parseTemplate({ name, text }, isFunction)) {
    if (!templates.has(key) || !isEmptyBody(definition.body)) templates.set(key, definition);
  }
  return { templates };
}

/**
 * @param name that of a file which was parsed
 * @throws {TemplateError} nothing of a half executed text is left then
 */
export function executeIn(set: TemplateSet, name: string, data: Value, execution: Execution): Rendered {
  const definition = set.templates.get(name);
  if (!definition) throw new Error(`Cannot execute template "${name}": it was not parsed`);
  return executeTemplate(set.templates, definition, data, execution);
}
