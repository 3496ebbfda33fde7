/** What a half-typed command line says up to the cursor. Nothing in it is an error: people are still typing. */
import { flag, FLAG_OF_NAME, type FlagName } from "../schema/own_flags.ts";

export interface TypedLine {
  /** The word to complete. */
  readonly current: string;
  /** Flags before it, with the values of those that have one. */
  readonly flags: ReadonlyMap<FlagName, string>;
  /** The flag whose value is to be completed, as the next word or behind a `=`; the value so far is `current`. */
  readonly valueOf: FlagName | undefined;
  /** The command and its arguments before the word. */
  readonly command: readonly string[];
}

/** @param words those after the program's name; the last one is completed */
export function readLine(words: readonly string[]): TypedLine {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const flags = new Map<FlagName, string>();
  let pending: FlagName | undefined;
  for (const [index, word] of before.entries()) {
    if (pending !== undefined) {
      if (word === "=") continue; // bash makes three words of --name=value
      flags.set(pending, word);
      pending = undefined;
    } else if (word === "--") {
      return { current, flags, valueOf: undefined, command: before.slice(index + 1) };
    } else if (word.startsWith("-")) {
      pending = readFlag(word, flags);
    } else {
      return { current, flags, valueOf: undefined, command: before.slice(index) };
    }
  }
  return { current: pending !== undefined && current === "=" ? "" : current, flags, valueOf: pending, command: [] };
}

/** Whether the next word is the flag's value. */
export function takesWord(name: FlagName): boolean {
  const { type, bare } = flag(name);
  return type !== "boolean" && bare === undefined;
}

/** Notes the flags of one word. @returns the flag whose value is missing */
function readFlag(word: string, flags: Map<FlagName, string>): FlagName | undefined {
  const long = /^--([^=]+)(?:=(.*))?$/s.exec(word);
  if (long) return noteFlag(FLAG_OF_NAME.get(long[1]!), long[2], flags);
  for (let at = 1; at < word.length; at++) {
    const name = FLAG_OF_NAME.get(word[at]!);
    const rest = word.slice(at + 1).replace(/^=/, "");
    if (name !== undefined && takesWord(name)) return noteFlag(name, rest || undefined, flags);
    noteFlag(name, "", flags);
  }
  return undefined;
}

function noteFlag(
  name: FlagName | undefined,
  value: string | undefined,
  flags: Map<FlagName, string>,
): FlagName | undefined {
  if (name === undefined) return undefined;
  flags.set(name, value ?? "");
  return value === undefined && takesWord(name) ? name : undefined;
}
