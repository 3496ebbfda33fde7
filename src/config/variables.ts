/** The variables that paths of a profile may use: those that restic will get. */
import type { World } from "../platform/world.ts";
import { isNull, type TableNode } from "./node.ts";
import { scalarText } from "./scalar_text.ts";

/**
 * The name of a variable of the `env` section: that of the process environment if it has it in any case of letters, else in
 * capitals.
 */
export function variableName(name: string, environment: World["env"]): string {
  const key = name.toLowerCase();
  return Object.keys(environment).find((known) => known.toLowerCase() === key) ?? name.toUpperCase();
}

/** The `env` section as text, by the names that children get; what is no text is left out. */
export function environmentSection(profile: TableNode, environment: World["env"]): [name: string, value: string][] {
  const env = profile.entries.get("env");
  if (env?.kind !== "table") return [];
  return [...env.entries].flatMap(([name, node]) =>
    node.kind === "scalar" && !isNull(node) ? [[variableName(name, environment), scalarText(node.value)]] : []
  );
}
