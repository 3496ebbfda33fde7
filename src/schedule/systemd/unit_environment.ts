/**
 * The environment of a unit. systemd tells it to every user of the machine, whatever the mode of the unit's file, but not what
 * it reads from a file: there go the secrets.
 */
import { maskVariable } from "../../model/mask.ts";
import { escapeSpecifiers } from "./unit_text.ts";

export type UnitVariable = readonly [name: string, value: string];

export function isSecret([name, value]: UnitVariable): boolean {
  return maskVariable(name, value) !== value;
}

/** Text of a file for `EnvironmentFile=`. */
export function environmentFile(variables: readonly UnitVariable[]): string {
  return variables.map(([name, value]) => `${name}="${value.replace(/["\\$`]/g, "\\$&")}"\n`).join("");
}

/** A path as a value of `EnvironmentFile=`, where wildcards are expanded. */
export function environmentPath(path: string): string {
  return escapeSpecifiers(path.replace(/[\\*?[]/g, "\\$&"));
}

/** @param file undefined: a template of the user's writes the secret into the unit */
export function secretWarning([name]: UnitVariable, file: string | undefined): string {
  const where = file === undefined
    ? "is written into the unit, and systemd tells a unit's environment to every user of this machine"
    : `is copied into ${file}, which only its owner may read`;
  return `The secret ${name} ${where}: better leave it out of schedule-capture-environment, and set it in env-file or password-file`;
}
