/** Help pages, as text. */
import {
  type CommandOption,
  ownCommand,
  type OwnCommandName,
  takesProfile,
  visibleCommands,
} from "../schema/own_commands.ts";
import { type Flag, flag, type FlagName, visibleFlags } from "../schema/own_flags.ts";
import type { Invocation } from "../model/invocation.ts";
import { HOME_PAGE } from "../model/product.ts";
import { columns } from "./columns.ts";

/** What help is wanted on: the first word that looks like a command, `help` itself, or undefined for the program. */
export function helpSubject({ command, args }: Pick<Invocation, "command" | "args">): string | undefined {
  const words = [command, ...args].filter((word) => /^\w[\w-]+$/.test(word));
  return words.find((word) => word !== "help") ?? words[0];
}

type Environment = Readonly<Record<string, string>>;

const USAGE = `Usage:
  resticprofile [FLAGS] [PROFILE.]COMMAND [ARGUMENTS]
  resticprofile [FLAGS] COMMAND@PROFILE [ARGUMENTS]`;

/** What the program is, its flags and commands. @param env tells the defaults that environment variables set */
export function generalHelp(env: Environment): string {
  return [
    "resticprofile runs restic with the settings of a profile: flags, hooks, locks, schedules, monitoring.",
    USAGE,
    `Flags, which precede the command:\n${columns(visibleFlags().map((name) => flagRow(name, env)))}`,
    `Commands of this program:\n${columns(visibleCommands().map((name) => [name, ownCommand(name).summary]))}`,
    "Any other command is restic's: resticprofile help COMMAND shows its help, and the flags that profiles give to it.\n" +
    `The manual is at ${HOME_PAGE}`,
  ].join("\n\n") + "\n";
}

/** The page of one of the program's own commands; undefined for a hidden one. */
export function ownCommandHelp(name: OwnCommandName): string | undefined {
  const { description, operands, options, hidden } = ownCommand(name);
  if (hidden) return undefined;
  const rows = Object.entries(options).sort(([a], [b]) => a < b ? -1 : 1).map(optionRow);
  const words = [takesProfile(name) ? `[PROFILE.]${name}` : name, ...rows.length > 0 ? ["[OPTIONS]"] : []];
  const usage = ["resticprofile [FLAGS]", ...words, ...operands === undefined ? [] : [operands]].join(" ");
  return [description, `Usage:\n  ${usage}`, ...rows.length > 0 ? [`Options:\n${columns(rows)}`] : []].join("\n\n") +
    "\n";
}

/** restic's page for one of its commands, with our way to call it. */
export function resticHelp(text: string, command: string): string {
  const call = new RegExp(`\\brestic ${RegExp.escape(command)}(?![\\w-])`, "g");
  return text.replace(call, () => `resticprofile [FLAGS] [PROFILE.]${command}`);
}

function flagRow(name: FlagName, env: Environment): [string, string] {
  const { type, short, doc, bare, placeholder = "" } = flag(name);
  const value = type === "boolean" ? "" : bare === undefined ? ` ${placeholder}` : `[=${placeholder}]`;
  const names = `${short === undefined ? "   " : `-${short},`} --${name}${value}`;
  return [names, [doc, ...notesOf(flag(name), env)].join(" ")];
}

/** What counts without the flag: what the environment sets, else the built-in value and the variable that would set it. */
function notesOf({ variables, type, default: builtIn, bare }: Flag, env: Environment): string[] {
  const variable = variables.find((name) => env[name]?.trim());
  if (variable !== undefined) return [`(now ${env[variable]!.trim()}, from $${variable})`];
  const values = [
    ...builtIn === undefined || type === "boolean" ? [] : [`default ${builtIn}`],
    ...bare === undefined ? [] : [`${bare} without a value`],
  ];
  return [...values.length > 0 ? [`(${values.join(", ")})`] : [], ...variables.slice(0, 1).map((name) => `[$${name}]`)];
}

function optionRow([name, { short, placeholder, doc }]: [string, CommandOption]): [string, string] {
  const value = placeholder === undefined ? "" : ` ${placeholder}`;
  return [`${short === undefined ? "   " : `-${short},`} --${name}${value}`, doc];
}
