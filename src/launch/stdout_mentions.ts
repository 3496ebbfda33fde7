/** Whether a body template of the command's HTTP hooks shows `.Stdout`: only then what restic prints has to be read and kept. */
import { decodeText } from "../model/decode.ts";
import { FileError, type World } from "../platform/world.ts";
import { HTTP_HOOK_KEYS } from "../schema/hook_keys.ts";
import type { Section } from "../schema/profile.ts";

/** @param section of the command; undefined if the profile lacks it */
export async function mentionsStdout(section: Section | undefined, world: World): Promise<boolean> {
  const phases = Object.keys(HTTP_HOOK_KEYS) as (keyof typeof HTTP_HOOK_KEYS)[];
  const paths = phases.flatMap((phase) => section?.options[phase] ?? [])
    .filter((hook) => !hook.body)
    .flatMap((hook) => hook["body-template"] ?? []);
  for (const path of new Set(paths)) {
    if (await showsStdout(path, world)) return true;
  }
  return false;
}

/** In doubt yes: a file that cannot be read yet may be written by an earlier hook. One that is not a template sends nothing. */
async function showsStdout(path: string, world: World): Promise<boolean> {
  try {
    const text = decodeText(world.files.read(path));
    if (!text.includes("{{")) return false;
    const { dependsOn } = await import("../template/language/dependencies.ts");
    const { NO_TEMPLATES, withTemplate } = await import("../template/language/template_set.ts");
    return dependsOn(withTemplate(NO_TEMPLATES, path, text), path, "Stdout");
  } catch (error) {
    return error instanceof FileError;
  }
}
