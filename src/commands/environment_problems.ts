/** What `validate` says about the environment that a profile gives to restic and hooks. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { isSecretName, maskAddress, maskUrls } from "../model/mask.ts";
import { planEnvironment } from "../plan/environment.ts";
import { childEnvironment } from "../platform/environment.ts";
import type { World } from "../platform/world.ts";
import { findProgram, pathFolders } from "../run/machine/find_program.ts";
import type { Profile } from "../schema/profile.ts";

/** Files that are not there are told with all others that cannot be read. */
export function checkEnvironment(profile: Profile, world: World): Diagnostic[] {
  const { variables, problems } = childEnvironment(planEnvironment(profile, "", world.os), world);
  return [
    ...problems.filter(({ at }) => at !== undefined),
    ...namesInValues(profile),
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
      severity: "warning",
      message: `"${written}" in "${name}.env.${variable}" is sent as it is written`,
      at: at(["env", variable.toLowerCase()]),
      hint: `Write {{ .Env.${braced ?? bare} }} for the value that this program is started with`,
    }];
  });
}

/** The shell itself is found elsewhere, but hardly a program that it is to call. */
function pathWithoutShell({ name, options, at }: Profile, env: World["env"], world: World): Diagnostic[] {
  if (world.os === "windows" || env.PATH === undefined || env.PATH === world.env.PATH) return [];
  if (findProgram("sh", pathFolders({ env, os: world.os }), world) !== undefined) return [];
  return [{
    severity: "warning",
    message: `The PATH of profile "${name}" has no folder with "sh": hooks and restic find no usual programs`,
    at: at(options.env?.has("PATH") ? ["env", "path"] : ["env-file"]),
    hint: "Add /usr/bin and /bin to it",
  }];
}
