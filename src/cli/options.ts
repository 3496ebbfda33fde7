/** Options of the tool's own commands: recognised anywhere after the command. */
import { parseBoolean } from "../model/go_text.ts";
import type { CommandOption } from "../schema/own_commands.ts";

/** The value of an option, as `--name value` or `--name=value`; undefined: it is not there, or stands without a value. */
export function optionValue(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  const [, value] = args[at]!.split(/=(.*)/s);
  return value ?? args[at + 1];
}

export function hasOption(args: readonly string[], name: string): boolean {
  return args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
}

/** A switch, which may be written as `--name=false`; the last one counts. */
export function isTrueOption(args: readonly string[], name: string): boolean {
  const word = args.findLast((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  return word !== undefined && (word === `--${name}` || parseBoolean(word.slice(name.length + 3)) === true);
}

/**
 * Words that look like options but are not options of the command.
 * @param takesNumbers a number is a value, which may be below zero
 */
export function unknownOptions(
  args: readonly string[],
  known: Readonly<Record<string, CommandOption>>,
  takesNumbers: boolean,
): string[] {
  const names = Object.entries(known).flatMap(([name, { short }]) => [`--${name}`, ...short ? [`-${short}`] : []]);
  const isOption = (arg: string) => /^-./.test(arg) && arg !== "--" && !(takesNumbers && /^-\d/.test(arg));
  return args.filter((arg) => isOption(arg) && !names.includes(arg.replace(/=.*/s, "")));
}

/** Words that are neither options nor the values of those that have one. */
export function operandsOf(args: readonly string[], known: Readonly<Record<string, CommandOption>>): string[] {
  const valued = Object.entries(known).filter(([, { placeholder }]) => placeholder !== undefined).map(([name]) => name);
  return args.filter((arg, index) => !arg.startsWith("-") && !valued.some((name) => args[index - 1] === `--${name}`));
}
