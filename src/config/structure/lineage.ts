/** A profile and those it inherits from. */
import { ConfigError, configError, type Diagnostic } from "../../model/diagnostic.ts";
import type { DiagnosticCode } from "../../model/diagnostic_code.ts";
import { isTable } from "../../model/value.ts";
import { GLOBAL_KEYS } from "../../schema/global_keys.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";
import { definedNames, type FileLayout, hasValue, isDefined, mergedNode } from "./layout.ts";
import { nearestHint } from "../../model/nearest.ts";
import { isNull, kindOf, type Node, nodeError, type TableNode, without } from "../nodes/node.ts";
import { collecting } from "../nodes/collected_problems.ts";
import { scalarText } from "../nodes/scalars.ts";

const GLOBAL = "global";

export interface Generation {
  /** As written, by the user or after `inherit`. */
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  readonly own: TableNode;
  /** In lower case; undefined: it does not inherit, or what it says of its parent is wrong. */
  readonly parent: string | undefined;
  /** What is wrong with its parent: the profile is read all the same, to tell its other mistakes. */
  readonly problems: readonly Diagnostic[];
}

/**
 * The profile, its parent, the parent's parent, … up to the first without a parent that exists.
 * @param isKnown where to stop: a parent that is resolved already is not part of the result
 * @throws {ConfigError} when the profile itself does not exist or is not a table
 */
export function lineageOf(layout: FileLayout, name: string, isKnown: (key: string) => boolean): Generation[] {
  const line = new Map<string, Generation>();
  let next: Relative | undefined = { text: name, own: profileNode(layout, name) };
  while (next !== undefined) {
    const { generation, parent }: Step = stepFrom(next, layout, isKnown);
    line.set(generation.key, generation);
    if (generation.parent !== undefined && line.has(generation.parent)) {
      return cut([...line.values()], generation.parent);
    }
    next = parent;
  }
  return [...line.values()];
}

interface Relative {
  readonly text: string;
  readonly own: TableNode;
}

interface Step {
  readonly generation: Generation;
  /** Undefined: the line ends here. */
  readonly parent: Relative | undefined;
}

function stepFrom({ text, own }: Relative, layout: FileLayout, isKnown: (key: string) => boolean): Step {
  const problems: Diagnostic[] = [];
  const parent = collecting((problem) => void problems.push(problem), () => {
    const named = parentOf(text, own);
    return named && { ...named, own: isKnown(named.key) ? undefined : parentNode(layout, text, named) };
  });
  return {
    generation: { name: text, key: text.toLowerCase(), own, parent: parent?.key, problems },
    parent: parent?.own && { text: parent.text, own: parent.own },
  };
}

interface Parent {
  readonly text: string;
  readonly key: string;
  readonly node: Node;
}

/** @throws {ConfigError} when it is not the name of a profile */
function parentOf(name: string, profile: TableNode): Parent | undefined {
  const node = profile.entries.get("inherit");
  if (node === undefined || isNull(node)) return undefined;
  if (node.kind !== "scalar") {
    throw wrong(node, "wrong-type", `Cannot read "${name}.inherit": wanted a text, found ${kindOf(node)}`);
  }
  const text = scalarText(node.value);
  return text === "" ? undefined : { text, key: text.toLowerCase(), node };
}

/** Members of a circle inherit nothing, so that each of them has only its own mistakes. @param met where it closes */
function cut(line: readonly Generation[], met: string): Generation[] {
  const start = line.findIndex(({ key }) => key === met);
  const first = { ...line[start]!, parent: undefined, problems: [circleError(line.slice(start))] };
  return [...line.slice(0, start), first];
}

/** The same for each of them. */
function circleError(circle: readonly Generation[]): Diagnostic {
  const keys = circle.map(({ key }) => key);
  const at = keys.indexOf([...keys].sort()[0]!);
  const chain = [...keys.slice(at), ...keys.slice(0, at), keys[at]].join(" → ");
  const { name, own } = circle[at]!;
  const place = own.entries.get("inherit") ?? own;
  return nodeError(place, "circle", `Cannot inherit in profile "${name}": it inherits from itself (${chain})`);
}

function parentNode(layout: FileLayout, child: string, { text, key, node }: Parent): TableNode {
  if (isDefined(layout.profiles.get(key))) return profileNode(layout, text);
  const global = key === GLOBAL ? globalAsParent(layout) : undefined;
  if (global !== undefined) return global;
  const message = `Cannot inherit profile "${child}" from "${text}": there is no such profile`;
  throw wrong(node, "unknown-name", message, nearestHint(key, definedNames(layout.profiles)));
}

/**
 * In version 1 `global` is a table like the profiles and can be inherited from, though it cannot be run. What a profile has no
 * use for stays behind: it would be a flag that restic does not know.
 */
function globalAsParent(layout: FileLayout): TableNode | undefined {
  if (layout.version !== 1) return undefined;
  const node = mergedNode(layout.global, layout.version);
  if (node?.kind !== "table") return undefined;
  return without(node, ...Object.keys(GLOBAL_KEYS).filter((key) => !Object.hasOwn(PROFILE_KEYS, key)));
}

/** Whether the keys of profiles have a meaning in `global`. */
export function isGlobalInherited({ version, profiles }: FileLayout): boolean {
  if (version !== 1) return false;
  return [...profiles.values()].some(({ parts }) =>
    parts.some(({ value }) =>
      isTable(value) &&
      Object.entries(value).some(([key, parent]) =>
        key.toLowerCase() === "inherit" && typeof parent === "string" && parent.toLowerCase() === GLOBAL
      )
    )
  );
}

function profileNode(layout: FileLayout, name: string): TableNode {
  const key = name.toLowerCase();
  const node = mergedNode(layout.profiles.get(key), layout.version);
  if (node === undefined) {
    const group = layout.groups.get(key);
    const hint = group && hasValue(group)
      ? "It is a group; a profile is required"
      : nearestHint(key, definedNames(layout.profiles));
    throw configError("unknown-name", `Cannot find profile "${name}"`, undefined, hint === undefined ? {} : { hint });
  }
  if (node.kind !== "table") {
    throw wrong(node, "wrong-type", `Cannot read "${name}": wanted a table, found ${kindOf(node)}`);
  }
  return node;
}

function wrong(node: Node, code: DiagnosticCode, message: string, hint?: string): ConfigError {
  return new ConfigError([nodeError(node, code, message, hint)]);
}
