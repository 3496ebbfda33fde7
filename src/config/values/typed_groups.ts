/** Groups, in the layouts of both versions. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Group, LayoutVersion } from "../../schema/profile.ts";
import { GROUP_KEYS } from "../../schema/group_keys.ts";
import type { KeyTable, Schedule } from "../../schema/key.ts";
import { type Conversion, convertTable, unresolved } from "./convert_value.ts";
import { isNull, kindOf, type Node, nodeError } from "../nodes/node.ts";

/** `schedules` is a table of its own kind: command → schedule. */
const { schedules: _, ...OPTIONS } = GROUP_KEYS;

/** Every problem is reported; the group of a wrong shape is empty. */
export function readGroup(
  name: string,
  node: Node,
  version: LayoutVersion,
  conversion: Conversion,
): Group {
  const { report } = conversion;
  const bare = { name, description: undefined, continueOnError: undefined, schedules: new Map() };
  if (version === 1) return { ...bare, profiles: members(name, node, report) };
  if (node.kind !== "table") {
    report(nodeError(
      node,
      "wrong-type",
      `Cannot read group "${name}": wanted a table, found ${kindOf(node)}`,
      'In version 2 write the list as its key "profiles"',
    ));
    return { ...bare, profiles: [] };
  }
  const options = convertTable(node, OPTIONS satisfies KeyTable, `groups.${name}`, unresolved(report));
  return {
    name,
    description: options.description,
    profiles: options.profiles ?? [],
    continueOnError: options["continue-on-error"],
    schedules: schedulesOf(name, node.entries.get("schedules"), conversion),
  };
}

function schedulesOf(
  name: string,
  node: Node | undefined,
  conversion: Conversion,
): ReadonlyMap<string, Schedule> {
  if (node === undefined || isNull(node)) return new Map();
  if (node.kind !== "table") {
    conversion.report(
      nodeError(
        node,
        "wrong-type",
        `Cannot read "groups.${name}.schedules": wanted a table of commands, found ${kindOf(node)}`,
      ),
    );
    return new Map();
  }
  const keys = Object.fromEntries([...node.entries.keys()].map((command) => [command, GROUP_KEYS.schedules]));
  const schedules = convertTable(node, keys, `groups.${name}.schedules`, conversion);
  return new Map(Object.entries(schedules as Record<string, Schedule>));
}

function members(name: string, node: Node, report: (problem: Diagnostic) => void): readonly string[] {
  if (node.kind === "table") {
    report(nodeError(
      node,
      "wrong-type",
      `Cannot read group "${name}": wanted a list of profiles, found a table`,
      'Groups with keys of their own need version = "2"',
    ));
    return [];
  }
  const table: Node = { kind: "table", entries: new Map([["profiles", node]]), origin: node.origin };
  return convertTable(table, { profiles: GROUP_KEYS.profiles }, `groups.${name}`, unresolved(report)).profiles ?? [];
}
