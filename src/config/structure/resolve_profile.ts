/** From a name to one tree of values: the files merged, then inheritance and mixins, only for what is asked for. */
import { ConfigError, type Diagnostic } from "../../model/diagnostic.ts";
import { inheritV1 } from "./version1_inheritance.ts";
import { type Generation, lineageOf } from "./lineage.ts";
import { applyMixins } from "./mixins.ts";
import { type FileLayout, mergedNode } from "./layout.ts";
import { kindOf, type Node, nodeError, type TableNode, without } from "../nodes/node.ts";
import { layChild, settle } from "../nodes/overlay.ts";
import { withoutUnsupported } from "./version1_keys.ts";

export interface Resolved<N extends Node = TableNode> {
  readonly node: N;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Resolver {
  /**
   * A profile with all that it inherits and uses; where that is wrong, an error is among the diagnostics.
   * @throws {ConfigError} when it is not there
   */
  profile(name: string): Resolved;
  /** A group as written; in version 2 with its mixins. */
  group(name: string): Resolved<Node> | undefined;
  /** @throws {ConfigError} */
  global(): Resolved | undefined;
}

export function resolverOf(layout: FileLayout): Resolver {
  // parents only: many profiles have the same ones, while each profile itself is asked for once
  const parents = new Map<string, Resolved>();
  return {
    profile(name) {
      const [youngest, ...elders] = lineageOf(layout, name, (key) => parents.has(key)) as [Generation, ...Generation[]];
      for (const elder of elders.reverse()) parents.set(elder.key, laidOver(elder, parents, layout));
      return laidOver(youngest, parents, layout);
    },
    group(name) {
      const node = mergedNode(layout.groups.get(name.toLowerCase()), layout.version);
      if (node?.kind !== "table" || layout.version === 1) return node && { node, diagnostics: [] };
      return mixedIn(node, `group "${name}"`, layout, []);
    },
    global() {
      const node = mergedNode(layout.global, layout.version);
      if (node === undefined) return undefined;
      if (node.kind !== "table") {
        throw new ConfigError([
          nodeError(node, "wrong-type", `Cannot read "global": wanted a table, found ${kindOf(node)}`),
        ]);
      }
      return layout.version === 1 ? { node, diagnostics: [] } : mixedIn(node, "the global section", layout, []);
    },
  };
}

/** A profile over its parent, which is among `parents` if there is one. */
function laidOver(
  { name, own, parent, problems }: Generation,
  parents: ReadonlyMap<string, Resolved>,
  layout: FileLayout,
): Resolved {
  const resolved = parent === undefined ? undefined : parents.get(parent);
  const base = resolved && without(resolved.node, "description", "inherit");
  const diagnostics = [...resolved?.diagnostics ?? [], ...problems];
  if (layout.version === 2) {
    return mixedIn(base ? layChild(base, own) : own, `profile "${name}"`, layout, diagnostics);
  }
  const child = withoutUnsupported(own, (problem) => void diagnostics.push(problem));
  return { node: settle(base ? inheritV1(base, child) : child), diagnostics };
}

function mixedIn(node: TableNode, user: string, { mixins }: FileLayout, before: readonly Diagnostic[]): Resolved {
  const diagnostics = [...before];
  const report = (problem: Diagnostic) => void diagnostics.push(problem);
  return { node: settle(applyMixins(node, { mixins, report, user })), diagnostics };
}
