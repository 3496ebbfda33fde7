/** Arguments of the program's own commands: one that a command does not know is a mistake, which may change what it does. */
import { parseBoolean } from "../model/go_text.ts";
import type { Invocation } from "../model/invocation.ts";
import { type CommandOption, ownCommand, type OwnCommandName, takesProfile } from "../schema/own_commands.ts";
import { FLAG_OF_NAME } from "../schema/own_flags.ts";
import { operandsOf, unknownOptions } from "./options.ts";
import { UsageError } from "./usage_error.ts";

/** @throws {UsageError} for an option that the command does not have, a switch with another value than a boolean, or too many words */
export function refuseUnknownArguments(command: OwnCommandName, { args }: Pick<Invocation, "args">): void {
  const { options, maxOperands = 0, takesAnything } = ownCommand(command);
  if (takesAnything) return;
  const refuse = (text: string, remedy = "") => {
    throw new UsageError(`Cannot use "${text}" with ${command}${remedy}`, undefined, command);
  };
  const takesNumbers = maxOperands > 0;
  const [option] = unknownOptions(args, options, takesNumbers);
  if (option !== undefined) refuse(option, isFlag(option) ? `: ${nameOf(option)} is written before the command` : "");
  const unclear = args.find((arg) => isUnclearSwitch(arg, options));
  if (unclear !== undefined) refuse(unclear, `: ${nameOf(unclear)} is true or false`);
  const operand = operandsOf(args, options)[maxOperands];
  if (operand === undefined) return;
  refuse(operand, takesProfile(command) && maxOperands === 0 ? `: a profile is named as in NAME.${command}` : "");
}

function nameOf(option: string): string {
  return option.replace(/=.*/s, "");
}

function isFlag(option: string): boolean {
  return FLAG_OF_NAME.has(nameOf(option).replace(/^-+/, ""));
}

/** `--all=x` of a switch. */
function isUnclearSwitch(arg: string, options: Readonly<Record<string, CommandOption>>): boolean {
  const [, name = "", value = ""] = /^--([^=]+)=(.*)$/s.exec(arg) ?? [];
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  return option !== undefined && option.placeholder === undefined && parseBoolean(value) === undefined;
}
