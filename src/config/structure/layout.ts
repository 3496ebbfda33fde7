/** What the files hold, by name: one cheap pass over the keys of two levels, before any profile is looked at. */
import type { LayoutVersion } from "../../schema/profile.ts";
import { configError } from "../../model/diagnostic.ts";
import { isTable, type Value } from "../../model/value.ts";
import { isAliased } from "../formats/aliased.ts";
import { isBlocks } from "../formats/blocks.ts";
import { kindOf, type Node, type NodeOrigin, positionOf, rootOrigin, stepTo, type TableNode } from "../nodes/node.ts";
import { mergeFiles } from "../nodes/overlay.ts";
import type { ConfigSource } from "../nodes/source.ts";
import { mergedSpellings, toNode } from "../nodes/to_node.ts";

/** One name and all that the files say about it, in the order of the files. */
export interface Named {
  /** As it is written first. */
  readonly name: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly value: Value;
  readonly origin: NodeOrigin;
}

/** By name in lower case. */
export type NameTable = ReadonlyMap<string, Named>;
type Collection = Map<string, { readonly name: string; readonly parts: Part[] }>;

export interface FileLayout {
  readonly version: LayoutVersion;
  /** With values other than tables: they cannot be used, but must be reported. */
  readonly profiles: NameTable;
  readonly groups: NameTable;
  readonly mixins: NameTable;
  readonly global: Named | undefined;
  /** LayoutVersion 2: top-level keys without a meaning. */
  readonly others: NameTable;
}

const RESERVED: Readonly<Record<LayoutVersion, ReadonlySet<string>>> = {
  1: new Set(["version", "global", "groups", "includes", "$schema"]),
  2: new Set(["version", "global", "groups", "includes", "profiles", "mixins", "$schema"]),
};

/**
 * What one file says under a top-level key.
 * @throws {ConfigError} when two spellings of it have values
 */
export function topLevel(source: ConfigSource, key: string): Node | undefined {
  const nodes = Object.keys(source.value).filter((written) => written.toLowerCase() === key)
    .map((written) => toNode(source.value[written]!, stepTo(rootOrigin(source), written)));
  return nodes.length === 0 ? undefined : nodes.reduce(mergedSpellings);
}

/** @throws {ConfigError} when `profiles`, `groups` or `mixins` is not a table */
export function readLayout(sources: readonly ConfigSource[], version: LayoutVersion): FileLayout {
  const top: Collection = new Map();
  for (const source of sources) collect(top, source.value, rootOrigin(source));
  const others = new Map([...top].filter(([key]) => !RESERVED[version].has(key)));
  return {
    version,
    profiles: version === 1 ? others : namesBelow(top.get("profiles")),
    groups: namesBelow(top.get("groups")),
    mixins: version === 1 ? new Map() : namesBelow(top.get("mixins")),
    global: top.get("global"),
    others: version === 1 ? new Map() : others,
  };
}

function collect(names: Collection, table: Value, origin: NodeOrigin): void {
  if (!isTable(table)) return;
  for (const name of Object.keys(table)) {
    const key = name.toLowerCase();
    const part = { value: table[name]!, origin: stepTo(origin, name) };
    const known = names.get(key);
    if (known) known.parts.push(part);
    else names.set(key, { name, parts: [part] });
  }
}

function namesBelow(named: Named | undefined): NameTable {
  const names: Collection = new Map();
  for (const { value, origin } of named?.parts ?? []) {
    if (isBlocks(value)) value.forEach((block, index) => collect(names, block, stepTo(origin, index)));
    else if (isTable(value)) collect(names, value, origin);
    else if (value !== null) {
      const node = toNode(value, origin);
      throw configError(
        "wrong-type",
        `Cannot read "${named?.name}": wanted a table, found ${kindOf(node)}`,
        positionOf(node),
      );
    }
  }
  return names;
}

/** Whether a table of that name exists, even an empty one; null does not count. */
export function isDefined(named: Named | undefined): boolean {
  return named !== undefined && named.parts.some(({ value }) => isTable(value) || isBlocks(value));
}

/** Whether an alias stands for what is under the name. */
export function hasAlias(named: Named | undefined): boolean {
  return named !== undefined && named.parts.some(({ value }) => isAliased(value));
}

/** The names of tables in lower case, sorted. */
export function definedNames(names: NameTable): string[] {
  return [...names].filter(([, named]) => isDefined(named)).map(([name]) => name).sort();
}

/** Whether there is more than null under the name. */
export function hasValue({ parts }: Named): boolean {
  return parts.some(({ value }) => value !== null);
}

/** The names under which there is more than null, in lower case, sorted. */
export function namesWithValue(names: NameTable): string[] {
  return [...names].filter(([, named]) => hasValue(named)).map(([name]) => name).sort();
}

/**
 * What all files say about a name, merged; undefined if that is nothing or null.
 * @throws {ConfigError} when two spellings of a key in one file have different values
 */
export function mergedNode(named: Named | undefined, version: LayoutVersion): Node | undefined {
  if (named === undefined) return undefined;
  const nodes = perFile(named).map((node): TableNode => ({
    kind: "table",
    entries: new Map([["", node]]),
    origin: node.origin,
  }));
  const merged = mergeFiles(nodes, version)?.entries.get("");
  return merged?.kind === "scalar" && merged.value === null ? undefined : merged;
}

function perFile({ parts }: Named): Node[] {
  const nodes: Node[] = [];
  for (const { value, origin } of parts) {
    const node = toNode(value, origin);
    const before = nodes.at(-1);
    if (before?.origin.source !== origin.source) nodes.push(node);
    else nodes[nodes.length - 1] = isRepeated(before, node) ? node : mergedSpellings(before, node);
  }
  return nodes;
}

/** Whether these are values of two blocks of HCL, of which the later one counts: `groups {…}` may be there twice. */
function isRepeated({ kind, origin }: Node, node: Node): boolean {
  if (origin.source.format !== "hcl" || origin.parent === node.origin.parent) return false;
  return kind !== "table" || node.kind !== "table";
}
