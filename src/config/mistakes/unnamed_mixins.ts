/** `use` that cannot name a mixin, as a number: a mistake of the file, told before any profile is looked at. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { isTable, type Value } from "../../model/value.ts";
import { wrongUse } from "../structure/mixins.ts";
import type { FileLayout, Named } from "../structure/layout.ts";
import { kindOf, type NodeOrigin, stepTo } from "../nodes/node.ts";
import type { ConfigSource } from "../nodes/source.ts";
import { toNode } from "../nodes/to_node.ts";

type Report = (problem: Diagnostic) => void;

export function checkUses({ version, profiles, groups, mixins, global }: FileLayout, report: Report): void {
  if (version === 1) return;
  for (const named of profiles.values()) checkNamed(named, `profile "${named.name}"`, report);
  for (const named of groups.values()) checkNamed(named, `group "${named.name}"`, report);
  for (const named of mixins.values()) checkNamed(named, `mixin "${named.name}"`, report);
  if (global) checkNamed(global, "the global section", report);
}

function checkNamed({ parts }: Named, user: string, report: Report): void {
  for (const { value, origin } of parts) {
    if (mentionsUse(origin.source)) checkValue(value, origin, user, report);
  }
}

/** A file is looked through once, not each of the ten thousand profiles in it. */
const mentions = new WeakMap<ConfigSource, boolean>();

function mentionsUse(source: ConfigSource): boolean {
  const known = mentions.get(source) ?? /\buse\b/i.test(source.text);
  mentions.set(source, known);
  return known;
}

function checkValue(value: Value, origin: NodeOrigin, user: string, report: Report): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkValue(item, stepTo(origin, index), user, report);
    return;
  }
  if (!isTable(value)) return;
  for (const key of Object.keys(value)) {
    const child = value[key]!;
    if (typeof child !== "object" && key.toLowerCase() !== "use") continue; // most values; they cost no origin
    const place = stepTo(origin, key);
    if (key.toLowerCase() === "use") checkUse(child, place, user, report);
    else if (key.toLowerCase() !== "default-vars") checkValue(child, place, user, report);
  }
}

function checkUse(use: Value, origin: NodeOrigin, user: string, report: Report): void {
  if (Array.isArray(use)) {
    for (const [index, item] of use.entries()) checkUse(item, stepTo(origin, index), user, report);
  } else if (["boolean", "number", "bigint"].includes(typeof use)) {
    const node = toNode(use, origin);
    report(wrongUse(node, user, kindOf(node)));
  }
}
