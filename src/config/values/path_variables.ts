/** The variables that paths of a profile may use: those that restic will get. */
import { Secret } from "../../model/secret.ts";
import { childEnvironment } from "../../platform/child_environment.ts";
import type { World } from "../../platform/world.ts";
import { isNull, type TableNode } from "../nodes/node.ts";
import { asItems } from "../nodes/overlay.ts";
import { resolvePath } from "./path_values.ts";
import { scalarText } from "../nodes/scalars.ts";

/**
 * The name of a variable of the `env` section: that of the process environment if it has it in any case of letters, else in
 * capitals.
 */
export function variableName(name: string, environment: World["env"]): string {
  const key = name.toLowerCase();
  return Object.keys(environment).find((known) => known.toLowerCase() === key) ?? name.toUpperCase();
}

/** The `env` section as text, by the names that children get; other values are left out. */
function environmentSection(profile: TableNode, environment: World["env"]): [name: string, value: string][] {
  const env = profile.entries.get("env");
  if (env?.kind !== "table") return [];
  return [...env.entries].flatMap(([name, node]) =>
    node.kind === "scalar" && !isNull(node) ? [[variableName(name, environment), scalarText(node.value)]] : []
  );
}

interface VariableRequest {
  readonly name: string;
  readonly command: string;
  readonly node: TableNode;
  /** The file of the template function `env`. */
  readonly dotenv: string | undefined;
  /** Env files are relative to it. */
  readonly configDir: string;
}

/** Problems of env files are not told here: they are read again for every process, and told then. */
export function profileVariables(
  { name, command, node, dotenv, configDir }: VariableRequest,
  world: World,
): Readonly<Record<string, string>> {
  const section = environmentSection(node, world.env);
  const fixed = [["PROFILE_NAME", name], ["PROFILE_COMMAND", command]] as const;
  const known = { ...world.env, ...Object.fromEntries([...section, ...fixed]) };
  const context = { world, configDir, workingDir: world.startDir, variables: () => known, report: () => {} };
  const files = asItems(node.entries.get("env-file")).flatMap((file) =>
    file.kind === "scalar" ? [resolvePath("config", scalarText(file.value), file, context)] : []
  ).filter((path) => path !== "");
  const plan = {
    files: dotenv === undefined ? files : [...files, dotenv],
    variables: section.map(([key, value]) => [key, new Secret(value)] as const),
    fixed,
  };
  return childEnvironment(plan, world).variables;
}
