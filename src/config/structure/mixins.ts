/**
 * Mixins (version 2): `use` names tables that are merged at its place, the outer places first, then the deeper ones in the
 * order of the document. What a mixin uses itself becomes part of its content before that.
 */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { scalarText } from "../nodes/scalars.ts";
import { expandVariables } from "../../template/expand_variables.ts";
import { nearestHint } from "../../model/nearest.ts";
import { isNull, kindOf, type Node, nodeError, nodeWarning, type TableNode, without } from "../nodes/node.ts";
import { definedNames, mergedNode, type NameTable } from "./layout.ts";
import { asItems, layMixin } from "../nodes/overlay.ts";

export interface MixinContext {
  readonly mixins: NameTable;
  readonly report: (problem: Diagnostic) => void;
  /** Place for messages: `profile "docs"`, `the global section`. */
  readonly user: string;
}

interface Use {
  readonly name: string;
  /** By name in lower case. */
  readonly variables: ReadonlyMap<string, Node>;
  readonly node: Node;
}

/**
 * The table with all its mixins, and without any `use`. Errors are a `use` of a wrong type, a mixin that is not there, and mixins
 * that use each other in a circle; the table is then without that mixin.
 * @param chain the mixins whose content this is, outermost first
 */
export function applyMixins(table: TableNode, context: MixinContext, chain: readonly string[] = []): TableNode {
  let result = table;
  const use = table.entries.get("use");
  if (use !== undefined) {
    result = without(table, "use");
    for (const item of usesOf(use, context)) {
      const content = mixinContent(item, context, chain);
      if (content !== undefined) result = layMixin(result, content);
    }
  }
  return mapChildren(result, (child) => applyBelow(child, context, chain));
}

function applyBelow(node: Node, context: MixinContext, chain: readonly string[]): Node {
  if (node.kind === "table") return applyMixins(node, context, chain);
  if (node.kind === "scalar" || !node.items.some(({ kind }) => kind === "table")) return node;
  return { ...node, items: node.items.map((item) => applyBelow(item, context, chain)) };
}

/** The same table if nothing changes: most tables use no mixin. */
function mapChildren(table: TableNode, change: (node: Node) => Node): TableNode {
  let entries: Map<string, Node> | undefined;
  for (const [key, node] of table.entries) {
    const changed = node.kind === "scalar" ? node : change(node);
    if (changed !== node) (entries ??= new Map(table.entries)).set(key, changed);
  }
  return entries ? { ...table, entries } : table;
}

function usesOf(use: Node, context: MixinContext): Use[] {
  if (use.kind === "table" && !use.entries.has("name")) {
    const hint = nearestHint([...use.entries.keys()][0] ?? "", ["name"]);
    context.report(
      nodeWarning(use, "unused-value", `"use" of ${context.user} is ignored: the table has no "name"`, hint),
    );
    return [];
  }
  return asItems(use).filter((item) => !isNull(item)).flatMap((item) => {
    const name = item.kind === "table" ? item.entries.get("name") : item;
    if (name?.kind !== "scalar" || typeof name.value !== "string") {
      const found = item.kind === "table" && name === undefined ? "a table without name" : kindOf(name ?? item);
      context.report(wrongUse(item, context.user, found));
      return [];
    }
    const variables = item.kind === "table" ? givenVariables(item, context) : new Map<string, Node>();
    return [{ name: name.value, variables, node: item }];
  });
}

/** @param found what was found in its place, as `kindOf` names it */
export function wrongUse(item: Node, user: string, found: string): Diagnostic {
  return nodeError(
    item,
    "wrong-type",
    `Cannot read "use" of ${user}: wanted the name of a mixin or a table with it, found ${found}`,
  );
}

function givenVariables(item: TableNode, { user, report }: MixinContext): Map<string, Node> {
  const variables = new Map(without(item, "name", "vars").entries);
  const vars = item.entries.get("vars");
  if (vars?.kind === "table") { for (const [name, value] of vars.entries) variables.set(name, value); }
  else if (vars !== undefined && !isNull(vars)) {
    report(
      nodeWarning(
        vars,
        "wrong-type",
        `"vars" in "use" of ${user} has no effect: wanted a table, found ${kindOf(vars)}`,
      ),
    );
  }
  return variables;
}

/** @returns undefined without one, which is reported */
function mixinContent(use: Use, context: MixinContext, chain: readonly string[]): TableNode | undefined {
  const key = use.name.toLowerCase();
  if (chain.includes(key)) {
    const circle = [...chain.slice(chain.indexOf(key)), key].join(" → ");
    context.report(nodeError(use.node, "circle", `Cannot use mixin "${use.name}": it uses itself (${circle})`));
    return undefined;
  }
  const mixin = mergedNode(context.mixins.get(key), 2);
  if (mixin?.kind !== "table") {
    context.report(undeclared(use, mixin, context));
    return undefined;
  }
  const defaults = mixin.entries.get("default-vars");
  const variables = new Map(defaults?.kind === "table" ? defaults.entries : []);
  for (const [name, value] of use.variables) variables.set(name, value);
  const known = texts(variables, use, context);
  const body = without(mixin, "default-vars");
  scalarsOf(body).flatMap((node) => leftOver(node, known, use.name)).forEach(context.report);
  const content = substituted(body, known) as TableNode;
  return applyMixins(content, context, [...chain, key]);
}

function undeclared({ name, node }: Use, mixin: Node | undefined, { mixins, user }: MixinContext): Diagnostic {
  const message = `Cannot use mixin "${name}" in ${user}`;
  return mixin === undefined
    ? nodeError(node, "unknown-name", `${message}: there is no such mixin`, nearestHint(name, definedNames(mixins)))
    : nodeError(node, "wrong-type", `${message}: expected a table, found ${kindOf(mixin)}`);
}

/** Values as text; null is unknown, and so are lists and tables, which cannot be meant. */
function texts(
  variables: ReadonlyMap<string, Node>,
  { name }: Use,
  { report }: MixinContext,
): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const [variable, node] of variables) {
    if (node.kind !== "scalar") {
      report(
        nodeWarning(
          node,
          "wrong-type",
          `Cannot use variable "${variable}" of mixin "${name}": it is ${kindOf(node)}, no text`,
        ),
      );
    } else if (node.value !== null) {
      known.set(variable, typeof node.value === "boolean" ? String(node.value) : scalarText(node.value));
    }
  }
  return known;
}

function scalarsOf(node: Node): Extract<Node, { kind: "scalar" }>[] {
  if (node.kind === "scalar") return [node];
  return [...node.kind === "list" ? node.items : node.entries.values()].flatMap(scalarsOf);
}

/** `${NAME:3}` and the like, with a name of the mixin: a shell knows such forms, but not the mixin's variables. */
function leftOver(
  node: Extract<Node, { kind: "scalar" }>,
  variables: ReadonlyMap<string, string>,
  mixin: string,
): Diagnostic[] {
  const text = typeof node.value === "string" ? node.value : "";
  return [...text.matchAll(/\$\{(#?(\w+)[^\w}][^}]*)\}/g)].flatMap(([written, inner = "", name = ""]) => {
    if (!variables.has(name.toLowerCase()) || variables.has(inner.toLowerCase())) return [];
    return nodeWarning(
      node,
      "unset-variable",
      `"${written}" in mixin "${mixin}" is left as it is: a variable has no such form`,
      `Write \${${name}} for its whole value`,
    );
  });
}

function substituted(node: Node, variables: ReadonlyMap<string, string>): Node {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && node.value.includes("$")
        ? { ...node, value: expandVariables(node.value, "mixin", (name) => variables.get(name.toLowerCase())) }
        : node;
    case "list":
      return { ...node, items: node.items.map((item) => substituted(item, variables)) };
    case "table":
      return mapEntries(node, (value) => substituted(value, variables));
    default:
      return node satisfies never;
  }
}

function mapEntries(table: TableNode, change: (node: Node) => Node): TableNode {
  return { ...table, entries: new Map([...table.entries].map(([key, node]) => [key, change(node)])) };
}
