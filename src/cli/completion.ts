/**
 * What `complete` answers. The contract is older than this program: installed scripts stay when the binary changes. The order
 * of the answers is part of it; the word that hands over to file names or to restic comes last.
 */
import {
  type CommandOption,
  isOwnCommand,
  ownCommand,
  type OwnCommandName,
  takesProfile,
  visibleCommands,
} from "../schema/own_commands.ts";
import { flag, FLAG_OF_NAME, type FlagName, visibleFlags } from "../schema/own_flags.ts";
import { readLine, takesWord, type TypedLine } from "./completion_line.ts";
import type { CompletionRequest } from "./completion_request.ts";
import { splitWord } from "./split_word.ts";

const FILES = "__complete_file";
const RESTIC = "__complete_restic";

interface Answer {
  readonly text: string;
  readonly doc?: string;
}

/** Asks for the names of profiles and groups, sorted; it has to read the configuration that the flags of the line name. */
export type CompletionNames = (flags: ReadonlyMap<FlagName, string>) => Promise<readonly string[]>;

/** @returns the lines to print */
export async function completions(request: CompletionRequest, names: CompletionNames): Promise<string[]> {
  const line = readLine(request.words);
  const answers = await answersTo(line, request, names);
  const own = answers.filter(({ text }) => !text.includes(RESTIC));
  if (own.length === 1 && own[0]?.text === line.current) return [];
  return answers.map(({ text, doc }) => request.withDocs && doc !== undefined ? `${text}\t${doc}` : text);
}

async function answersTo(line: TypedLine, request: CompletionRequest, names: CompletionNames): Promise<Answer[]> {
  const { current, valueOf, command, flags } = line;
  if (valueOf !== undefined) return await valuesOf(valueOf, current, flags, names);
  if (command.length > 0) return argumentsAfter(line, request);
  if (current.startsWith("-")) return await flagOrValue(line, names);
  const longFlags = current === "" && flags.size > 0 ? flagsFor(line) : [];
  return [...longFlags, ...await commandsFor(line, request, names)];
}

/** A complete flag is asked for its values. */
async function flagOrValue(line: TypedLine, names: CompletionNames): Promise<Answer[]> {
  const { current, flags } = line;
  const [, word = "", value] = /^--?([^=]+)(?:=(.*))?$/s.exec(current) ?? [];
  const name = FLAG_OF_NAME.get(word);
  if (name === undefined || !takesWord(name)) return flagsFor(line);
  const values = await valuesOf(name, value ?? "", flags, names);
  if (value === undefined) return values;
  return values.filter(({ text }) => text !== FILES).map(({ text }) => ({ text: `--${word}=${text}` }));
}

function flagsFor({ current, flags }: TypedLine): Answer[] {
  return visibleFlags().filter((name) => !flags.has(name)).flatMap((name) => optionForms(name, flag(name), current));
}

/** Short forms only for those who have typed a dash. */
function optionForms(name: string, { short, doc }: CommandOption, current: string): Answer[] {
  const forms = [...short !== undefined && current !== "" ? [`-${short}`] : [], `--${name}`];
  return forms.filter((text) => text.startsWith(current)).map((text) => ({ text, doc }));
}

async function valuesOf(
  name: FlagName,
  current: string,
  flags: ReadonlyMap<FlagName, string>,
  names: CompletionNames,
): Promise<Answer[]> {
  const { completes, words = [] } = flag(name);
  if (completes === "file") return [{ text: FILES }];
  const known = completes === "profile" ? await names(flags) : words;
  return known.filter((word) => word.startsWith(current)).map((text) => ({ text }));
}

/** `P.xyz` selects a profile: then the commands that use one. A name may itself have dots, so longer ones are offered too. */
async function commandsFor(line: TypedLine, request: CompletionRequest, names: CompletionNames): Promise<Answer[]> {
  const { current, flags } = line;
  const known = flags.has("name") ? [] : await names(flags);
  const dot = flags.has("name") ? -1 : current.lastIndexOf(".");
  const profile = current.slice(0, Math.max(dot, 0));
  const prefix = known.includes(profile) ? `${profile}.` : "";
  const word = current.slice(dot + 1);
  const commands = visibleCommands().filter((name) =>
    name.startsWith(word) && !ownCommand(name).uncompleted && (dot < 0 || takesProfile(name))
  );
  const longer = known.map((name) => `${name}.`).filter((name) => name.startsWith(current) && name !== current);
  return [
    ...commands.map((name) => ({ text: prefix + name, doc: ownCommand(name).summary })),
    ...longer.map((text) => ({ text })),
    restic(prefix, [word], request),
  ];
}

function argumentsAfter(line: TypedLine, request: CompletionRequest): Answer[] {
  const { current, flags, command: [word = "", ...args] } = line;
  const { command } = flags.has("name") ? { command: word } : splitWord(word, "");
  return isOwnCommand(command)
    ? ownArguments(command, args, current)
    : [restic("", [command, ...args, current], request)];
}

function ownArguments(command: OwnCommandName, given: readonly string[], current: string): Answer[] {
  return Object.entries(ownCommand(command).options).sort(([a], [b]) => a < b ? -1 : 1)
    .filter(([name, { short, uncompleted }]) =>
      !uncompleted && !given.includes(`--${name}`) && !given.includes(`-${short}`)
    )
    .flatMap(([name, option]) => optionForms(name, option, current));
}

/** @param words for restic, the last one to be completed */
function restic(prefix: string, words: readonly string[], { withResticWords }: CompletionRequest): Answer {
  return { text: [prefix + RESTIC, ...withResticWords ? words : []].join("\t") };
}
