import { compileRegExp } from "../../src/template/functions/regexp.ts";
import { executeIn } from "../../src/template/language/template_set.ts";
import type { Execution } from "../../src/template/language/execute.ts";
import type { Rendered } from "../../src/template/language/rendered.ts";
import type { TemplateSet } from "../../src/template/language/template_set.ts";
import type { GoValue } from "../../src/template/values/go_value.ts";

/** Executes without waiting: with the engine for regular expressions, needed or not. */
export function executeNow({ templates }: TemplateSet, name: string, data: GoValue, execution: Execution): Rendered {
  return executeIn({ templates, compileRegExp }, name, data, execution);
}
