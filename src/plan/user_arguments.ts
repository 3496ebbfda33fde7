/**
 * The arguments after the command. The main command gets them all; a secondary command gets the flags it knows, so they are
 * read here as restic would read them for the main command: clusters (`-vv`, `-cH x`), joined values, switches without value.
 */
import { parseBoolean } from "../model/go_text.ts";
import type { FlagValues } from "../schema/profile.ts";
import { acceptsFlag, findFlag, longName, type ResticRelease } from "../schema/restic_flags.ts";

export interface UserArguments {
  /** All words before `--`. */
  readonly words: readonly string[];
  /** What follows `--`; undefined without it. */
  readonly rest: readonly string[] | undefined;
  /** The flags among `words`, in their order. */
  readonly clusters: readonly Cluster[];
  /** Words that are not flags, before and after `--`. */
  readonly positional: readonly string[];
}

export const NO_ARGUMENTS: UserArguments = { words: [], rest: undefined, clusters: [], positional: [] };

/** Flags that were typed as one: `--host x`, `-H x`, `-vv`. */
interface Cluster {
  readonly words: readonly string[];
  readonly flags: readonly UserFlag[];
}

interface UserFlag {
  /** The long name; the letter itself when restic does not know it. */
  readonly name: string;
  /** Set when it was given by its letter. */
  readonly letter: string | undefined;
  /** Undefined for a switch, and for a flag whose value is missing. */
  readonly value: string | undefined;
  /** As it is typed when it stands alone: `-H x`, `-Hx`, `--host=x`. */
  readonly words: readonly string[];
}

/** @param command restic's, of two words if it has two; `args` come after them */
export function readUserArguments(args: readonly string[], command: string, release: ResticRelease): UserArguments {
  const clusters: Cluster[] = [];
  const positional: string[] = [];
  let next = 0;
  while (next < args.length && args[next] !== "--") {
    const flags = readFlags(args[next]!, args[next + 1], command, release);
    const size = flags.at(-1)?.words.length ?? 1;
    if (flags.length > 0) clusters.push({ words: args.slice(next, next + size), flags });
    else positional.push(args[next]!);
    next += size;
  }
  const words = args.slice(0, next);
  const rest = next < args.length ? args.slice(next + 1) : undefined;
  return { words, rest, clusters, positional: [...positional, ...rest ?? []] };
}

export function hasUserFlag(user: UserArguments, name: string): boolean {
  return user.clusters.some(({ flags }) => flags.some((flag) => flag.name === name));
}

/** The value of the flag, the last time it was given; undefined when it was not, or without a value. */
export function valueOf(user: UserArguments, name: string): string | undefined {
  return lastFlag(user, name)?.value;
}

/** All values that were given for the flag, in their order. */
export function valuesOf({ clusters }: UserArguments, name: string): string[] {
  return clusters.flatMap(({ flags }) => flags).flatMap((flag) => flag.name === name ? [flag.value ?? ""] : []);
}

/** Whether the user switched the flag on or off, the last time it was given; undefined when it was not. */
export function userSwitch(user: UserArguments, name: string): boolean | undefined {
  const flag = lastFlag(user, name);
  return flag && (parseBoolean(flag.value ?? "") ?? true);
}

function lastFlag({ clusters }: UserArguments, name: string): UserFlag | undefined {
  return clusters.flatMap(({ flags }) => flags).findLast((flag) => flag.name === name);
}

/** Whether a switch is on for the main command: the user's word counts before the configuration's. */
export function isSwitchedOn(name: string, user: UserArguments, configured: FlagValues): boolean {
  return userSwitch(user, name) ?? configured.get(name) === true;
}

/** As if the flag had not been given. */
export function withoutUserFlag(user: UserArguments, name: string): UserArguments {
  const words: string[] = [];
  const clusters: Cluster[] = [];
  const left = [...user.clusters];
  for (let next = 0; next < user.words.length;) {
    if (left[0]?.words[0] !== user.words[next]) {
      words.push(user.words[next++]!);
      continue;
    }
    const cluster = left.shift()!;
    next += cluster.words.length;
    const flags = cluster.flags.filter((flag) => flag.name !== name);
    const kept = flags.length === cluster.flags.length ? cluster.words : flags.flatMap((flag) => flag.words);
    words.push(...kept);
    if (flags.length > 0) clusters.push({ words: kept, flags });
  }
  return { ...user, words, clusters };
}

/**
 * The words for a secondary command: flags whose long name it knows, as they were typed if their letter means the same there,
 * else by their long name. No other words, and nothing after `--`.
 */
export function wordsForSecondary(user: UserArguments, command: string, release: ResticRelease): string[] {
  return user.clusters.flatMap(({ words, flags }) => {
    const known = flags.filter((flag) => isComplete(flag) && acceptsFlag(command, flag.name, release));
    const asTyped = ({ letter, name }: UserFlag) => letter === undefined || longName(command, letter, release) === name;
    if (known.length === flags.length && known.every(asTyped)) return words;
    return known.flatMap((flag) => asTyped(flag) ? flag.words : longForm(flag));
  });

  function isComplete({ name, value }: UserFlag): boolean {
    return value !== undefined || findFlag(command, name)?.value === "optional";
  }
}

function longForm({ name, value }: UserFlag): string[] {
  return [value === undefined ? `--${name}` : `--${name}=${value}`];
}

/** The flags in one word (and the next, if that is the value of the last); empty for other words. */
function readFlags(word: string, following: string | undefined, command: string, release: ResticRelease): UserFlag[] {
  if (word.startsWith("--")) return [readLong(word, following, command)];
  return /^-./.test(word) ? readLetters(word, following, command, release) : [];
}

function readLong(word: string, following: string | undefined, command: string): UserFlag {
  const end = word.indexOf("=");
  const name = word.slice(2, end < 0 ? undefined : end);
  const flag = findFlag(command, name);
  const shared = { name, letter: undefined };
  if (end >= 0) return { ...shared, value: word.slice(end + 1), words: [word] };
  if (flag?.value !== "required" || following === undefined) return { ...shared, value: undefined, words: [word] };
  return { ...shared, value: following, words: [word, following] };
}

function readLetters(word: string, following: string | undefined, command: string, release: ResticRelease): UserFlag[] {
  const flags: UserFlag[] = [];
  const letters = [...word.slice(1)];
  for (const [index, letter] of letters.entries()) {
    const name = longName(command, letter, release);
    const joined = letters.slice(index + 1).join("");
    const shared = { name: name ?? letter, letter };
    const isSwitch = name === undefined || findFlag(command, name)?.value === "optional";
    if (joined.startsWith("=")) {
      flags.push({ ...shared, value: joined.slice(1), words: [`-${letter}${joined}`] });
    } else if (isSwitch || (joined === "" && following === undefined)) {
      flags.push({ ...shared, value: undefined, words: [`-${letter}`] });
      if (name !== undefined) continue;
    } else {
      const words = joined !== "" ? [`-${letter}${joined}`] : [`-${letter}`, following!];
      flags.push({ ...shared, value: joined !== "" ? joined : following, words });
    }
    break; // the rest of the word was the value, or belongs to an unknown letter
  }
  return flags;
}
