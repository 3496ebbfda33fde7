/** A profile and those it inherits from. */
import { ConfigError, configError } from "../model/diagnostic.ts";
import { definedNames, hasValue, isDefined, type Layout, mergedNode } from "./names.ts";
import { nearestHint } from "./nearest.ts";
import { isNull, kindOf, type Node, nodeError, positionOf, type TableNode } from "./node.ts";
import { scalarText } from "./scalar_text.ts";

export interface Generation {
  /** As written, by the user or after `inherit`. */
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  readonly own: TableNode;
  /** In lower case; undefined: it inherits from nobody. */
  readonly parent: string | undefined;
}

/**
 * The profile, its parent, the parent's parent, …
 * @param isKnown where to stop: a parent that is resolved already is not part of the result
 * @throws {ConfigError} when a profile is not there or is no table, and for a circle
 */
export function lineageOf(layout: Layout, name: string, isKnown: (key: string) => boolean): Generation[] {
  const generations = new Map<string, Generation>();
  let own = profileNode(layout, name);
  for (let text = name;;) {
    const key = text.toLowerCase();
    const parent = parentOf(own);
    generations.set(key, { name: text, key, own, parent: parent?.key });
    if (parent === undefined || isKnown(parent.key)) return [...generations.values()];
    if (generations.has(parent.key)) throw circle([...generations.keys()], parent);
    own = parentNode(layout, text, parent);
    text = parent.text;
  }
}

interface Parent {
  readonly text: string;
  readonly key: string;
  readonly node: Node;
}

function parentOf(profile: TableNode): Parent | undefined {
  const node = profile.entries.get("inherit");
  if (node === undefined || isNull(node)) return undefined;
  if (node.kind !== "scalar") {
    throw wrong(node, `Cannot read "inherit": wanted the name of a profile, found ${kindOf(node)}`);
  }
  const text = scalarText(node.value);
  return text === "" ? undefined : { text, key: text.toLowerCase(), node };
}

function circle(keys: readonly string[], { text, key, node }: Parent): ConfigError {
  const chain = [...keys.slice(keys.indexOf(key)), key].join(" → ");
  return configError(`Cannot inherit from profile "${text}": it inherits from itself (${chain})`, positionOf(node));
}

function parentNode(layout: Layout, child: string, { text, key, node }: Parent): TableNode {
  if (isDefined(layout.profiles.get(key))) return profileNode(layout, text);
  const message = `Cannot inherit profile "${child}" from "${text}": there is no such profile`;
  throw wrong(node, message, nearestHint(key, definedNames(layout.profiles)));
}

function profileNode(layout: Layout, name: string): TableNode {
  const key = name.toLowerCase();
  const node = mergedNode(layout.profiles.get(key), layout.version);
  if (node === undefined) {
    const group = layout.groups.get(key);
    const hint = group && hasValue(group)
      ? "It is a group, and only a profile will do"
      : nearestHint(key, definedNames(layout.profiles));
    throw configError(`Cannot find profile "${name}"`, undefined, hint === undefined ? {} : { hint });
  }
  if (node.kind !== "table") throw wrong(node, `Cannot read "${name}": wanted a table, found ${kindOf(node)}`);
  return node;
}

function wrong(node: Node, message: string, hint?: string): ConfigError {
  return new ConfigError([nodeError(node, message, hint)]);
}
