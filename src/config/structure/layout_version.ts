/** The version of the layout that a file is written in. */
import { configError, type Diagnostic } from "../../model/diagnostic.ts";
import type { LayoutVersion } from "../../schema/profile.ts";
import { topLevel } from "./layout.ts";
import { isNull, kindOf, type Node, nodeWarning, positionOf } from "../nodes/node.ts";
import type { ConfigSource } from "../nodes/source.ts";

interface Stated {
  readonly version: LayoutVersion;
  readonly node: Node;
}

/**
 * The version that a file states; undefined if it states nothing. Text and numbers count alike; anything but an integer is version 1,
 * every integer above 2 is version 2, both with a warning.
 * @throws {ConfigError} for 0 and less
 */
function statedVersion(source: ConfigSource, report: (problem: Diagnostic) => void): Stated | undefined {
  const node = topLevel(source, "version");
  if (node === undefined || isNull(node) || (node.kind === "scalar" && node.value === "")) return undefined;
  const text = node.kind === "scalar" ? String(node.value) : "";
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  if (number !== undefined && number < 1) {
    throw configError("layout-version", `Cannot use version ${text}: write version = "1" or "2"`, positionOf(node));
  }
  const version = number !== undefined && number >= 2 ? 2 : 1;
  if (number === undefined || number > 2) {
    const found = node.kind === "scalar" ? `"${text}"` : kindOf(node);
    report(
      nodeWarning(
        node,
        "layout-version",
        `Unknown version ${found}: read as version ${version}`,
        `Write version = "${version}"`,
      ),
    );
  }
  return { version, node };
}

/**
 * The version of the configuration: the main file's, which all others have to share.
 * @param sources the main file first
 * @throws {ConfigError} when an included file has another one, and for version 2 in HCL
 */
export function versionOf(sources: readonly ConfigSource[], report: (problem: Diagnostic) => void): LayoutVersion {
  const [main, ...included] = sources;
  const stated = main && statedVersion(main, report);
  if (stated?.version === 2 && main?.format === "hcl") {
    throw configError(
      "layout-version",
      "Cannot read version 2 in HCL: HCL has version 1 only; use TOML, YAML or JSON",
      positionOf(stated.node),
    );
  }
  const version = stated?.version ?? 1;
  for (const source of included) {
    const own = statedVersion(source, report);
    if (own === undefined || own.version === version) continue;
    const mix = `"${source.path}" of version ${own.version} in "${main?.path}" of version ${version}`;
    throw configError("layout-version", `Cannot include ${mix}: all files must have one version`, positionOf(own.node));
  }
  return version;
}
