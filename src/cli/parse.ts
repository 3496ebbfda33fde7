/**
 * The command line, in the grammar of Go's pflag, because people's scripts and schedules are written in it. Flags end at the
 * first word that is not a flag: all that follows the command belongs to the command.
 */
import type { Invocation } from "../model/invocation.ts";
import { flag, FLAG_OF_NAME, type FlagName } from "../schema/own_flags.ts";
import { flagsOf, type Setting, withEnvironment } from "./flag_values.ts";
import { splitWord } from "./split_word.ts";
import { UsageError } from "./usage_error.ts";

/** Its arguments are another command line, which is not finished. */
const COMPLETE = "complete";

/**
 * @param argv all words after the program's name
 * @param env the environment, for the variables behind the flags
 * @param warn gets variables that cannot be read; they are ignored
 * @throws {UsageError} for an unknown flag, a value that is missing or cannot be read, or a number as the command
 */
export function parseInvocation(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  warn: (text: string) => void = () => {},
): Invocation {
  const { typed, rest } = readFlags(argv);
  const parsed = flagsOf(withEnvironment(typed, env, warn));
  const [word = "", ...args] = rest;
  if (/^\d+$/.test(word)) {
    throw new UsageError(`Cannot run the command "${word}": a limit is written as --ignore-on-battery=${word}`);
  }
  const split = parsed.nameGiven ? { profile: parsed.name, command: word } : splitWord(word, parsed.name);
  const flags = { ...parsed, help: parsed.help || (split.command !== COMPLETE && asksForHelp(args)) };
  return { flags, word, ...split, args };
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === "-h" || arg === "--help");
}

interface FlagWords {
  readonly typed: ReadonlyMap<FlagName, Setting>;
  /** The command and all after it. */
  readonly rest: readonly string[];
}

/** Where the reading stands: `next` is the index of the word after the one that is being read. */
interface Reading {
  readonly argv: readonly string[];
  readonly typed: Map<FlagName, Setting>;
  next: number;
}

function readFlags(argv: readonly string[]): FlagWords {
  const reading: Reading = { argv, typed: new Map(), next: 0 };
  for (let word = argv[0]; word !== undefined; word = argv[reading.next]) {
    if (!word.startsWith("-") || word === "-") break;
    reading.next++;
    if (word === "--") break;
    if (word.startsWith("--")) readLong(reading, word.slice(2));
    else readShort(reading, word.slice(1));
  }
  return { typed: reading.typed, rest: argv.slice(reading.next) };
}

/** `name` or `name=value`. */
function readLong(reading: Reading, text: string): void {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const known = name.length > 1 ? FLAG_OF_NAME.get(name) : undefined;
  if (!known) throw new UsageError(`Cannot understand "--${name}": there is no such flag`, name);
  const source = `--${name}`;
  const value = equals < 0 ? bareValue(known) ?? nextWord(reading, source) : text.slice(equals + 1);
  setFlag(reading, known, value, source);
}

/** The last one counts; a switch that is repeated means more of it. */
function setFlag({ typed }: Reading, name: FlagName, text: string, source: string): void {
  const { text: before, times = 1 } = typed.get(name) ?? {};
  const isRepeated = before === text && flag(name).type === "boolean";
  typed.set(name, { text, source, typed: true, ...isRepeated ? { times: times + 1 } : {} });
}

/** A group of letters: switches, and at its end perhaps one with a value, as `qn other`, `nother` or `n=other`. */
function readShort(reading: Reading, letters: string): void {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!;
    const known = FLAG_OF_NAME.get(letter);
    if (!known) throw new UsageError(`Cannot understand "-${letter}" in "-${letters}": there is no such flag`);
    const source = `-${letter}`;
    const after = letters.slice(at + 1);
    const set = (text: string) => setFlag(reading, known, text, source);
    if (after.startsWith("=")) return void set(after.slice(1));
    const bare = bareValue(known);
    if (bare === undefined) return void set(after || nextWord(reading, source));
    set(bare);
  }
}

/** The value of a flag that stands alone; undefined: it takes the next word. */
function bareValue(name: FlagName): string | undefined {
  const { type, bare } = flag(name);
  return type === "boolean" ? "true" : bare;
}

function nextWord(reading: Reading, source: string): string {
  const word = reading.argv[reading.next];
  if (word === undefined) throw new UsageError(`Cannot use ${source}: its value is missing`);
  reading.next++;
  return word;
}
