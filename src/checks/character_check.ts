/** For `validate`: values that no program can be given. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { nodeError, type ScalarNode, type TableNode } from "../config/nodes/node.ts";
import { scalarsOf } from "../config/nodes/scalars.ts";
import type { ConfigSource } from "../config/nodes/source.ts";

/** @param name of the profile, for messages */
export function checkCharacters(profile: TableNode, name: string): Diagnostic[] {
  if (!mayHaveNul(profile.origin.source)) return [];
  return scalarsOf(profile, [name]).filter(({ node }) => typeof node.value === "string" && node.value.includes("\0"))
    .map(({ node, path }) =>
      nodeError(
        node,
        "nul-character",
        `Cannot use "${asWritten(path, node)}": it has a NUL character, which ends every argument and variable`,
      )
    );
}

/** Keys are known in lower case; that of a variable has its own. */
function asWritten(path: readonly string[], { origin: { step } }: ScalarNode): string {
  return [...path.slice(0, -1), typeof step === "string" ? step : path.at(-1)].join(".");
}

/** The character itself, or its escapes in all formats. A file is looked through once, not for each of its profiles. */
const NUL = /\0|\\(?:0|x00|u0000|U00000000|u\{0+\})/; // deno-lint-ignore-line no-control-regex
const known = new WeakMap<ConfigSource, boolean>();

function mayHaveNul(source: ConfigSource): boolean {
  const found = known.get(source) ?? NUL.test(source.text);
  known.set(source, found);
  return found;
}
