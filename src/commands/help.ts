/** `help` and `--help`: on the program, on its own commands, on those of restic. */
import { printable } from "../model/printable.ts";
import { generalHelp, helpSubject, ownCommandHelp } from "../cli/help_text.ts";
import type { UsageError } from "../cli/usage_error.ts";
import { nearest } from "../model/nearest.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { isOwnCommand } from "../schema/own_commands.ts";
import { FLAG_OF_NAME } from "../schema/own_flags.ts";

export async function help(invocation: Invocation, world: World): Promise<number> {
  world.console.print(await page(invocation, world));
  return EXIT.success;
}

async function page(invocation: Invocation, world: World): Promise<string> {
  const subject = helpSubject(invocation);
  if (subject === undefined) return generalHelp(world.env);
  if (isOwnCommand(subject)) return ownCommandHelp(subject) ?? `There is no help on "${subject}"\n`;
  const { resticCommandHelp } = await import("./help_restic.ts");
  return await resticCommandHelp(subject, invocation, world);
}

/** What is wrong with a command line, what may have been meant, and where help is: the error must not scroll away. */
export function usageHelp({ message, unknownFlag, command }: UsageError): string {
  const near = unknownFlag && nearest(unknownFlag, [...FLAG_OF_NAME.keys()].filter((name) => name.length > 1));
  const hint = near ? `\n  hint: Did you mean "--${near}"?` : "";
  return `error: ${printable(message)}${hint}\n  hint: See "resticprofile ${
    command === undefined ? "--help" : `help ${command}`
  }"`;
}
