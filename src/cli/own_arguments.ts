/** Arguments of the program's own commands: one that a command does not know is a mistake, which may change what it does. */
import type { Invocation } from "../model/invocation.ts";
import { ownCommand, type OwnCommandName } from "../schema/commands.ts";
import { FLAG_OF_NAME } from "../schema/flags.ts";
import { operandsOf, unknownOptions } from "./options.ts";
import { UsageError } from "./usage_error.ts";

/** @throws {UsageError} for an option that the command does not have, or words where it takes none */
export function refuseUnknownArguments(command: OwnCommandName, { args }: Pick<Invocation, "args">): void {
  const { options, operands } = ownCommand(command);
  const [option] = unknownOptions(args, options);
  if (option !== undefined) {
    const flag = option.replace(/=.*/s, "");
    const isFlag = FLAG_OF_NAME.has(flag.replace(/^-+/, ""));
    const remedy = isFlag ? `: ${flag} is written before the command` : "";
    throw new UsageError(`Cannot use "${option}" with ${command}${remedy}`, undefined, command);
  }
  const [word] = operands === undefined ? operandsOf(args, options) : [];
  if (word === undefined) return;
  throw new UsageError(
    `Cannot use "${word}" with ${command}: a profile is named as in NAME.${command}`,
    undefined,
    command,
  );
}
