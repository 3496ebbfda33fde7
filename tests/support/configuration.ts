/** Configurations from texts, on a machine in memory. */
import { ConfigError, formatDiagnostic } from "../../src/model/diagnostic.ts";
import type { Configuration, LoadedProfile } from "../../src/config/configuration.ts";
import { loadConfiguration } from "../../src/config/load.ts";
import type { Value } from "../../src/model/value.ts";
import type { Node } from "../../src/config/nodes/node.ts";
import { type FakeOptions, fakeWorld } from "./fake_world.ts";

export interface ConfigurationTexts extends FakeOptions {
  /** Text of `/work/profiles.yaml`. */
  readonly yaml?: string;
  /** @default "profiles" */
  readonly name?: string;
  readonly format?: string;
}

/** The configuration `profiles.yaml` (or the files given) in the folder `/work`. */
export function configuration(texts: ConfigurationTexts | string): Promise<Configuration> {
  const { yaml, name = "profiles", format, ...options } = typeof texts === "string"
    ? { yaml: texts } as ConfigurationTexts
    : texts;
  const files = { ...(yaml === undefined ? {} : { "/work/profiles.yaml": yaml }), ...options.files };
  return loadConfiguration(fakeWorld({ ...options, files }), { name, format });
}

export async function loadedProfile(texts: ConfigurationTexts | string, name = "default"): Promise<LoadedProfile> {
  return await (await configuration(texts)).profile(name, "backup");
}

/** All that is said about a profile, each problem on a line of its own, warnings included; empty if nothing. */
export async function problemsOf(texts: ConfigurationTexts | string, name = "default"): Promise<string[]> {
  try {
    const loaded = await configuration(texts);
    const { diagnostics } = await loaded.profile(name, "backup");
    return [...loaded.diagnostics, ...diagnostics].filter(({ severity }) => severity !== "info").map(formatDiagnostic);
  } catch (error) {
    if (error instanceof ConfigError) return error.diagnostics.map(formatDiagnostic);
    throw error;
  }
}

/** A tree of values without its origins. */
export function plain(node: Node): Value {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plain);
    case "table":
      return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]));
    default:
      return node satisfies never;
  }
}
