/**
 * Makes scripts of a bundle's modules. Deno can keep V8's code cache of a module only as a file of a guessable name in a shared folder;
 * with a script, whoever evaluates it brings the cache. So the code of a module goes into a script, a function from what the module
 * imports to what it exports, and the module just calls it.
 */

import type { Plugin } from "rollup";

/** A node of a syntax tree, as ESTree describes it; the fields of some types come below. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
interface Identifier extends Node {
  readonly name: string;
}
interface ImportDeclaration extends Node {
  readonly specifiers: readonly { readonly local: Identifier }[];
}
interface ExportNamedDeclaration extends Node {
  /** Given when it passes on what another module exports. */
  readonly source: Node | null;
  readonly specifiers: readonly { readonly local: Identifier; readonly exported: Identifier }[];
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Puts a script for `embedded_script.js` to evaluate beside modules. A module that asks where it is stays as it is.
 *
 * @param names of the modules, without `.js`
 */
export function scriptsOfChunks(names: ReadonlySet<string>): Plugin {
  return {
    name: "scripts-of-chunks",
    /** The program is started by a module of its own. */
    resolveImportMeta: (property) => property === "main" ? "false" : null,
    renderChunk(code, { fileName, name }) {
      if (!names.has(name)) return null;
      const { body: statements } = this.parse(code) as unknown as { readonly body: readonly Node[] };
      const nodes = statements.flatMap(withDescendants);
      if (nodes.some((node) => node.type === "MetaProperty" && textOf(node, code) === "import.meta")) return null;
      const { module, script } = split(fileName, code, statements, nodes);
      this.emitFile({ type: "asset", fileName: `${fileName}.script`, source: script });
      return { code: module, map: null };
    },
  };
}

/** @throws {Error} when an export is assigned to later: an importer would not see it */
function split(fileName: string, code: string, statements: readonly Node[], nodes: readonly Node[]) {
  const imports = statements.filter((node): node is ImportDeclaration => node.type === "ImportDeclaration");
  const exports = statements.filter((node): node is ExportNamedDeclaration => node.type === "ExportNamedDeclaration");
  const exported = exports.filter(({ source }) => !source).flatMap(({ specifiers }) => specifiers);
  const passedOn = exports.filter(({ source }) => source);
  const assigned = new Set(nodes.map(assignedName));
  const variable = exported.find(({ local }) => assigned.has(local.name));
  if (variable) {
    throw new Error(`Cannot make a script of "${fileName}": it assigns to its export "${variable.local.name}"`);
  }
  const without = [...imports, ...exports].map(({ start, end }) => ({ start, end, text: "" }));
  const loads = nodes.filter(({ type }) => type === "ImportExpression")
    .map(({ start }) => ({ start, end: start + "import".length, text: "load" }));
  const names = imports.flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name));
  const parameters = ["load", ...names].join(", ");
  const given = exported.map(({ local, exported }) => `${exported.name}: ${local.name}`).join(", ");
  return {
    script: `(function (${parameters}) {"use strict";${edited(code, [...without, ...loads])}\nreturn { ${given} };\n})`,
    module: [
      ...[...imports, ...passedOn].map((node) => textOf(node, code)),
      'import { evaluate } from "./embedded_script.js";',
      "const load = (name) => import(name);",
      `const all = evaluate("${fileName}")(${parameters});`,
      ...exported.map(({ exported: { name } }, n) => `const _${n} = all.${name}; export { _${n} as ${name} };`),
    ].join("\n"),
  };
}

function withDescendants(node: Node): Node[] {
  const children = Object.values(node).flat().filter((value): value is Node => typeof value?.type === "string");
  return [node, ...children.flatMap(withDescendants)];
}

function assignedName(node: Node): string | undefined {
  const { left, argument } = node as { left?: Identifier; argument?: Identifier };
  if (node.type === "AssignmentExpression") return left?.name;
  return node.type === "UpdateExpression" ? argument?.name : undefined;
}

function textOf({ start, end }: Node, code: string): string {
  return code.slice(start, end);
}

/** @param edits do not overlap */
function edited(code: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((one, other) => one.start - other.start);
  const starts = [0, ...inOrder.map(({ end }) => end)];
  return starts.map((start, n) => code.slice(start, inOrder[n]?.start) + (inOrder[n]?.text ?? "")).join("");
}
