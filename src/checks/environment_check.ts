/** What `validate` says about the environment that a profile gives to restic and hooks. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { isSecretName, maskAddress, maskUrls } from "../model/mask.ts";
import { hasHookBefore } from "./profile_value_check.ts";
import { planEnvironment } from "../plan/environment_plan.ts";
import { childEnvironment } from "../platform/child_environment.ts";
import type { World } from "../platform/world.ts";
import { findProgram, pathFolders } from "../run/machine/find_program.ts";
import { PATH_FLAGS } from "../schema/path_flags.ts";
import type { Profile } from "../schema/profile.ts";
import { failureTexts, failureVariable } from "../model/failure_variables.ts";
import { HTTP_HOOK_KEYS, type SEND_KEYS } from "../schema/hook_keys.ts";
import type { Options } from "../schema/key.ts";
import { expandVariables } from "../template/expand_variables.ts";

/** Missing files are reported with all others that cannot be read. */
export function checkEnvironment(profile: Profile, world: World): Diagnostic[] {
  const { variables, problems } = childEnvironment(planEnvironment(profile, "", world.os), world);
  return [
    ...problems.filter(({ at }) => at !== undefined),
    ...namesInValues(profile),
    ...namesInFlags(profile, variables, problems.length > 0),
    ...namesInHooks(profile, variables, problems.length > 0),
    ...pathWithoutShell(profile, variables, world),
  ];
}

/** In a password a `$` is a character like others, also in one of an address. */
function namesInValues({ name, options, at }: Profile): Diagnostic[] {
  return [...options.env ?? []].flatMap(([variable, value]): Diagnostic[] => {
    const [written, braced, bare] =
      /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(maskUrls(maskAddress(value.reveal()))) ??
        [];
    if (written === undefined || isSecretName(variable)) return [];
    return [{
      code: "unset-variable",
      severity: "warning",
      message: `"${written}" in "${name}.env.${variable}" is sent as it is written`,
      at: at(["env", variable.toLowerCase()]),
      hint: `Write {{ .Env.${braced ?? bare} }} for the value that this program is started with`,
    }];
  });
}

/** What restic gets as it is written, such as a variable of a mixin that is misspelt. Paths are looked at when they are resolved. */
function namesInFlags(profile: Profile, variables: World["env"], isUnsure: boolean): Diagnostic[] {
  const { name, flags, sections, dotenv, at } = profile;
  // files and hooks set variables that are not known here
  if (isUnsure || (dotenv !== undefined && hasHookBefore(profile))) return [];
  const places = [[[], flags] as const, ...[...sections.values()].map((each) => [[each.name], each.flags] as const)];
  return places.flatMap(([place, all]) =>
    [...all].filter(([flag]) => !Object.hasOwn(PATH_FLAGS, flag)).flatMap(([flag, value]) =>
      [value].flat().filter((item) => typeof item === "string").flatMap((item): Diagnostic[] => {
        const unset = unsetName(item, (variable) => variables[variable] !== undefined, "option");
        if (unset === undefined) return [];
        const key = [name, ...place, flag].join(".");
        const message = `Variable "${unset}" in "${key}" is not set: restic gets the text as it is written`;
        return [{ code: "unset-variable", severity: "warning", message, at: at([...place, flag]) }];
      })
    )
  );
}

/** Variables that a request does not have, such as a misspelt one of a mixin. */
function namesInHooks(profile: Profile, variables: World["env"], isUnsure: boolean): Diagnostic[] {
  const { name, sections, dotenv, at } = profile;
  if (isUnsure || (dotenv !== undefined && hasHookBefore(profile))) return [];
  const noFailure = failureTexts(undefined);
  const ofRun = ["PROFILE_NAME", "PROFILE_COMMAND"];
  const isSet = (variable: string) =>
    variables[variable] !== undefined || ofRun.includes(variable) || failureVariable(variable, noFailure) !== undefined;
  const phases = Object.keys(HTTP_HOOK_KEYS) as (keyof typeof HTTP_HOOK_KEYS)[];
  return [...sections.values()].flatMap(({ name: section, options }) =>
    phases.flatMap((phase) =>
      (options[phase] ?? []).flatMap((hook, index) =>
        textsWithVariables(hook).flatMap(([path, text]): Diagnostic[] => {
          const unset = unsetName(text, isSet, "request");
          if (unset === undefined) return [];
          const message = `Variable "${unset}" in "${
            [name, section, phase, path[0]].join(".")
          }" is not set: nothing takes its place`;
          return [{ code: "unset-variable", severity: "warning", message, at: at([section, phase, index, ...path]) }];
        })
      )
    )
  );
}

type Hook = Options<typeof SEND_KEYS>;

/** Those in which a request replaces variables. */
function textsWithVariables(hook: Hook): (readonly [path: readonly (string | number)[], text: string])[] {
  const headers = hook["expand-headers"] ? hook.headers ?? [] : [];
  return [
    [["url"], hook.url?.reveal() ?? ""],
    [["body"], hook.body ?? ""],
    ...headers.map(({ value }, index) => [["headers", index, "value"], value?.reveal() ?? ""] as const),
  ];
}

function unsetName(
  text: string,
  isSet: (name: string) => boolean,
  syntax: "option" | "request",
): string | undefined {
  let unset: string | undefined;
  expandVariables(text, syntax, (name) => {
    if (!isSet(name)) unset ??= name;
    return "";
  });
  return unset;
}

/** The shell itself is found elsewhere, but not the programs that it calls. */
function pathWithoutShell({ name, options, at }: Profile, env: World["env"], world: World): Diagnostic[] {
  if (world.os === "windows" || env.PATH === undefined || env.PATH === world.env.PATH) return [];
  if (findProgram("sh", pathFolders({ env, os: world.os }), world) !== undefined) return [];
  return [{
    code: "search-path",
    severity: "warning",
    message: `The PATH of profile "${name}" has no folder with "sh": hooks and restic find no usual programs`,
    at: at(options.env?.has("PATH") ? ["env", "path"] : ["env-file"]),
    hint: "Add /usr/bin and /bin to it",
  }];
}
