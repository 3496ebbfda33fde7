/** Variables, `~` and folders: how the text of an option becomes the path that restic gets. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { isAbsolutePath, joinPath } from "../../model/path.ts";
import { maskAddress, masker } from "../../model/mask.ts";
import { absenceOf } from "../../platform/raw_environment.ts";
import type { World } from "../../platform/world.ts";
import type { PathRule } from "../../schema/key.ts";
import { expandVariables } from "../../template/expand_variables.ts";
import type { Conversion } from "./convert_value.ts";
import { type Node, nodeError, nodeWarning } from "../nodes/node.ts";

export interface PathContext {
  readonly world: World;
  /** Of the main file: relative if the configuration was given by a relative name, absolute when processes run elsewhere. */
  readonly configDir: string;
  /** Absolute. */
  readonly workingDir: string;
  /** Collects what is joined to it. */
  readonly madeAbsolute?: Set<string>;
  /** Collects what the original would call otherwise. */
  readonly doubtful?: Set<string>;
  /** Gets remarks on a path for those who ask (`show`, `validate`), not for every run. */
  readonly remark?: (problem: Diagnostic) => void;
  /** Those that restic will get; only asked when a text has a `$`. */
  readonly variables: () => Readonly<Record<string, string>>;
  readonly report: (problem: Diagnostic) => void;
}

/** Reads values whose paths start in the folders of the context. */
export function conversionIn(context: PathContext): Conversion {
  return {
    report: context.report,
    path: (rule, text, node, report) => resolvePath(rule, text, node, { ...context, report }),
  };
}

/**
 * The path that an option means: variables and `~` replaced, a relative one joined to the folder that its rule names. Empty for
 * one that is refused, which is reported.
 */
export function resolvePath(rule: PathRule, text: string, node: Node, context: PathContext): string {
  if (rule === "pattern" && text.startsWith("!")) return `!${resolvePath(rule, text.slice(1), node, context)}`;
  if (text.startsWith("local:~")) {
    context.report(
      nodeWarning(node, "home-folder", `"${text}" means a folder called "~"`, `Write "${text.slice("local:".length)}"`),
    );
  }
  if ((rule === "folder" || rule === "source") && startsUnset(text, node, context)) return "";
  const path = joined(rule, text, node, context);
  if (text.includes("$")) compareMeanings(rule, text, path, node, context);
  return path;
}

function joined(rule: PathRule, text: string, node: Node, context: PathContext): string {
  const { world } = context;
  const expanded = rule === "variables" ? expand(text, node, context) : expandHome(text, node, context);
  if (rule === "working" && unsetStart(text, context) !== undefined) return "";
  if (expanded === "" || text.startsWith("~") || isAbsolutePath(expanded, world.os)) return expanded;
  switch (rule) {
    case "variables":
    case "home":
    case "folder":
    case "source":
    case "pattern":
    case "repository":
      return expanded;
    case "config":
      return joinPath(context.configDir, expanded);
    case "working":
      return madeAbsolute(expanded, context);
    default:
      return rule satisfies never;
  }
}

function madeAbsolute(path: string, context: PathContext): string {
  const absolute = joinPath(context.workingDir, path);
  context.madeAbsolute?.add(absolute);
  return absolute;
}

/** What comes from a variable or the name of a home folder is not searched again. */
function expandHome(text: string, node: Node, context: PathContext): string {
  const [tilde, user] = /^~([^/]*)(?=\/|$)/.exec(text) ?? [];
  if (tilde === undefined) return expand(text, node, context);
  const home = user === "" ? context.world.homeDir() : text.includes("/") ? context.world.homeDir(user) : undefined;
  return (home ?? tilde) + expand(text.slice(tilde.length), node, context);
}

function expand(text: string, node: Node, { variables, report, world }: PathContext): string {
  return expandVariables(text, "option", (name) => {
    const value = variables()[name];
    if (value === undefined) report(isShown(name, text) ? unset(name, node, world) : unsetInPassword(node));
    return value ?? "";
  });
}

function unset(name: string, node: Node, world: World): Diagnostic {
  return nodeWarning(
    node,
    "unset-variable",
    `Variable "${name}" ${absenceOf(name, world)}: replaced by an empty string`,
  );
}

/** What follows a `$` may be a part of the password itself. */
function unsetInPassword(node: Node): Diagnostic {
  return nodeWarning(
    node,
    "unset-variable",
    'A "$" in the password begins a variable that is not set: replaced by an empty string',
    "Write $$ for a dollar sign",
  );
}

/** Whether the name is also in what may be shown of the text. */
function isShown(name: string, text: string): boolean {
  return maskAddress(text).includes(name);
}

/**
 * The original knows the variables of the program in paths, and no others: those of `env` and PROFILE_NAME are empty there. A
 * run tells of repositories, which are the first thing to be made in an unexpected place.
 */
function compareMeanings(rule: PathRule, text: string, path: string, node: Node, context: PathContext): void {
  const { world, variables, report, remark = () => {}, doubtful } = context;
  const known = variables();
  const original = joined(rule, text, node, {
    ...context,
    variables: () => world.env,
    report: () => {},
    madeAbsolute: new Set(),
  });
  if (original === path) return;
  doubtful?.add(path);
  const mask = masker({ ...world.env, ...known });
  const show = (meaning: string) => `"${maskAddress(mask(meaning))}"`;
  const tell = rule === "repository" ? report : remark;
  tell(nodeWarning(
    node,
    "unset-variable",
    `${show(text)} is ${show(path)}: the original does not know variables of the profile here, there it is ${
      show(original)
    }`,
    "Write the path without them, or {{ .Profile.Name }} for the name of the profile",
  ));
}

/** The variable that a path starts with, if it is not set: then it would mean another folder altogether, as `$UNSET/` is not `/`. */
function unsetStart(text: string, { variables }: PathContext): string | undefined {
  const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(text);
  const variable = name?.[1] ?? name?.[2];
  return variable === undefined || variables()[variable] !== undefined ? undefined : variable;
}

function startsUnset(text: string, node: Node, context: PathContext): boolean {
  const variable = unsetStart(text, context);
  if (variable === undefined) return false;
  context.report(
    nodeError(
      node,
      "unset-variable",
      `Cannot use "${text}": variable "${variable}" ${absenceOf(variable, context.world)}`,
    ),
  );
  return true;
}
