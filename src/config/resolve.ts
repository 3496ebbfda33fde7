/** From a name to one tree of values: the files merged, then inheritance and mixins, only for what is asked for. */
import { ConfigError, configError, type Diagnostic } from "../model/diagnostic.ts";
import { scalarText } from "./scalar_text.ts";
import { inheritV1 } from "./inherit_v1.ts";
import { applyMixins, without } from "./mixins.ts";
import { definedNames, isDefined, type Layout, mergedNode, type Named } from "./names.ts";
import { nearestHint } from "./nearest.ts";
import { isNull, kindOf, type Node, nodeError, nodeWarning, positionOf, type TableNode } from "./node.ts";
import { layChild, listOperator, settle } from "./overlay.ts";

export interface Resolved {
  readonly node: TableNode;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Resolver {
  /**
   * A profile with all that it inherits and uses.
   * @throws {ConfigError} when it is not there or cannot be put together
   */
  profile(name: string): Resolved;
  /** A group as written; in version 2 with its mixins. @throws {ConfigError} */
  group(name: string): { readonly node: Node; readonly diagnostics: readonly Diagnostic[] } | undefined;
  /** @throws {ConfigError} */
  global(): Resolved | undefined;
}

export function resolverOf(layout: Layout): Resolver {
  // parents only: many profiles have the same ones, and the profiles themselves are asked for once
  const parents = new Map<string, Resolved | ConfigError>();

  function parentProfile(name: string, children: readonly string[]): Resolved {
    const key = name.toLowerCase();
    let result = parents.get(key);
    if (result === undefined) parents.set(key, result = attempt(() => resolveProfile(name, children)));
    if (result instanceof ConfigError) throw result;
    return result;
  }

  function resolveProfile(name: string, children: readonly string[]): Resolved {
    const own = profileNode(layout, name);
    const parentName = parentOf(own);
    const parent = parentName && inherited(name, parentName, [...children, name.toLowerCase()]);
    const diagnostics = [...(parent?.diagnostics ?? [])];
    if (layout.version === 1) {
      const node = parent ? inheritV1(parent.node, own) : own;
      return { node: settle(withoutOperators(node, own, diagnostics)), diagnostics };
    }
    const merged = parent ? layChild(parent.node, own) : own;
    return { node: mixedIn(merged, `profile "${name}"`, diagnostics), diagnostics };
  }

  function inherited(name: string, parent: { text: string; node: Node }, children: readonly string[]): Resolved {
    const key = parent.text.toLowerCase();
    if (children.includes(key)) {
      const circle = [...children.slice(children.indexOf(key)), key].join(" → ");
      throw configError(
        `Cannot inherit from profile "${parent.text}": it inherits from itself (${circle})`,
        positionOf(parent.node),
      );
    }
    if (!isDefined(layout.profiles.get(key))) {
      throw new ConfigError([nodeError(
        parent.node,
        `Cannot inherit profile "${name}" from "${parent.text}": there is no such profile`,
        nearestHint(key, definedNames(layout.profiles)),
      )]);
    }
    const { node, diagnostics } = parentProfile(parent.text, children);
    return { node: without(node, "description", "inherit"), diagnostics };
  }

  function mixedIn(node: TableNode, user: string, diagnostics: Diagnostic[]): TableNode {
    const report = (problem: Diagnostic) => void diagnostics.push(problem);
    return settle(applyMixins(node, { mixins: layout.mixins, report, user }));
  }

  return {
    profile: (name) => resolveProfile(name, []),
    group(name) {
      const node = mergedNode(layout.groups.get(name.toLowerCase()), layout.version);
      if (node === undefined) return undefined;
      const diagnostics: Diagnostic[] = [];
      const mixed = node.kind === "table" && layout.version === 2
        ? mixedIn(node, `group "${name}"`, diagnostics)
        : node;
      return { node: mixed, diagnostics };
    },
    global() {
      const node = mergedNode(layout.global, layout.version);
      if (node === undefined) return undefined;
      if (node.kind !== "table") throw notATable("global", node);
      const diagnostics: Diagnostic[] = [];
      return { node: layout.version === 2 ? mixedIn(node, "the global section", diagnostics) : node, diagnostics };
    },
  };
}

function attempt(resolve: () => Resolved): Resolved | ConfigError {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function profileNode(layout: Layout, name: string): TableNode {
  const named: Named | undefined = layout.profiles.get(name.toLowerCase());
  const node = mergedNode(named, layout.version);
  if (node === undefined) {
    const hint = nearestHint(name.toLowerCase(), [...definedNames(layout.profiles), ...layout.groups.keys()]);
    throw configError(`Cannot find profile or group "${name}"`, undefined, hint === undefined ? {} : { hint });
  }
  if (node.kind !== "table") throw notATable(name, node);
  return node;
}

function notATable(name: string, node: Node): ConfigError {
  return new ConfigError([nodeError(node, `Cannot read "${name}": wanted a table, found ${kindOf(node)}`)]);
}

function parentOf(profile: TableNode): { text: string; node: Node } | undefined {
  const node = profile.entries.get("inherit");
  if (node === undefined || isNull(node)) return undefined;
  if (node.kind !== "scalar") {
    throw new ConfigError([
      nodeError(node, `Cannot read "inherit": wanted the name of a profile, found ${kindOf(node)}`),
    ]);
  }
  const text = scalarText(node.value);
  return text === "" ? undefined : { text, node };
}

/** Tables whose keys are names of the user's. */
const FREE_TABLES: ReadonlySet<string> = new Set(["env", "prometheus-labels"]);

/** Version 1 has no list operators and no mixins: their keys are told and left out, they are no flags of restic. */
function withoutOperators(table: TableNode, own: TableNode, diagnostics: Diagnostic[]): TableNode {
  const entries = new Map<string, Node>();
  for (const [key, node] of table.entries) {
    const written = own.entries.get(key);
    if (key === "use" || listOperator(key)) {
      if (written === node) diagnostics.push(unsupported(node));
    } else if (node.kind === "table" && !FREE_TABLES.has(key)) {
      entries.set(key, withoutOperators(node, written?.kind === "table" ? written : node, diagnostics));
    } else entries.set(key, node);
  }
  return { ...table, entries };
}

function unsupported(node: Node): Diagnostic {
  const message = `"${node.origin.step}" has no effect: list operators and mixins need version 2`;
  return nodeWarning(node, message, 'Write version = "2"');
}
