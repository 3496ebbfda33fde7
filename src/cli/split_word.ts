/** The command word names a profile too: `PROFILE.COMMAND` or `COMMAND@PROFILE`. */
import type { Invocation } from "../model/invocation.ts";
import { UsageError } from "./usage_error.ts";

/** What a command word says; an empty command stands for the default command. */
export interface Split {
  readonly profile: string;
  readonly command: string;
}

const DEFAULT_PROFILE = "default";

/**
 * Cuts at the last dot, else at the first `@`. A known profile or group after the `@` wins over the dot, since its own name
 * may have one (`snapshots@a.b`).
 * @param otherwise the profile of a word that names none
 * @param known tells the profiles and groups of the configuration; without it no name is known
 */
export function splitWord(word: string, otherwise: string, known?: (name: string) => boolean): Split {
  const at = word.indexOf("@");
  const named = at < 0 ? "" : word.slice(at + 1);
  const dot = word.lastIndexOf(".");
  if (at >= 0 && (dot < 0 || (named !== "" && known?.(named)))) {
    return { profile: named || DEFAULT_PROFILE, command: word.slice(0, at) };
  }
  if (dot >= 0) return { profile: word.slice(0, dot) || DEFAULT_PROFILE, command: word.slice(dot + 1) };
  return { profile: otherwise, command: word };
}

/**
 * The invocation once the configuration is known.
 * @throws {UsageError} for `-n x y.snapshots` with a profile `y`: one of the two is a mistake
 */
export function settleProfile(invocation: Invocation, known: (name: string) => boolean): Invocation {
  const { flags, word } = invocation;
  const split = splitWord(word, flags.name, known);
  if (!flags.nameGiven) return { ...invocation, ...split };
  if (split.command !== word && known(split.profile)) {
    throw new UsageError(`Cannot run "${word}" with --name ${flags.name}: both name a profile`);
  }
  return invocation;
}
