/** Bodies made by a template. The engine is loaded for texts that need it. */
import { decodeText } from "../model/decode.ts";
import { failureTexts } from "../model/failure_variables.ts";
import type { TemplateText } from "../model/plan.ts";
import { FileError, type World } from "../platform/world.ts";
import { type HookContext, HookError } from "./hook_context.ts";
import type { Escape } from "./variables.ts";

/**
 * @param escape what texts that are inserted go through: error, output and variables
 * @param onUnset gets each variable of `.Env` that is not set
 * @throws {HookError} that names the template, when it cannot be read or executed
 */
export async function renderBody(
  source: TemplateText,
  context: HookContext,
  world: World,
  escape: Escape = (text) => text,
  onUnset: (variable: string) => void = () => {},
): Promise<string> {
  const text = source.from === "inline" ? source.text : readTemplate(source.path, world);
  return text.includes("{{") ? await execute(nameOfTemplate(source), text, context, world, escape, onUnset) : text;
}

/** As errors and warnings give it. */
export function nameOfTemplate(source: TemplateText): string {
  return source.from === "inline" ? source.name : source.path;
}

function readTemplate(path: string, world: World): string {
  try {
    return decodeText(world.files.read(path));
  } catch (error) {
    if (error instanceof FileError) throw new HookError(`Cannot read body template "${path}": ${error.message}`);
    throw error;
  }
}

function escapedValues(variables: Readonly<Record<string, string>>, escape: Escape): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, escape(value)]));
}

async function execute(
  name: string,
  text: string,
  context: HookContext,
  world: World,
  escape: Escape,
  onUnset: (variable: string) => void,
): Promise<string> {
  const { hookData } = await import("../template/data/template_data.ts");
  const { TemplateError } = await import("../template/values/template_error.ts");
  const { machineData, machineFunctions } = await import("../template/data/machine_data.ts");
  const { executable, executeIn, NO_TEMPLATES, withTemplate } = await import("../template/language/template_set.ts");
  const { profile, command, stdout, workingDir } = context;
  const functions = machineFunctions(world);
  const env = () => `${functions.tempDir()}/${profile.replace(/[^A-Za-z0-9_.-]/gu, "_")}.env`; // named, not made: too late for an effect
  const data = hookData({ ...machineData(world, workingDir), env: escapedValues(context.environment, escape) }, {
    profile,
    command,
    stdout: escape(stdout),
    error: failureTexts(context.failure, escape),
  });
  try {
    const program = await executable(withTemplate(NO_TEMPLATES, name, text));
    return executeIn(program, name, data, { host: { ...functions, env }, onUnset }).text;
  } catch (error) {
    if (error instanceof TemplateError) throw new HookError(error.message);
    throw error;
  }
}
