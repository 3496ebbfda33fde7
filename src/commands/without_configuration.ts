/** Own commands that need no configuration, each loaded when it is called. */
import { refuseUnknownArguments } from "../cli/own_arguments.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import type { OwnCommandName } from "../schema/own_commands.ts";

export async function performWithoutConfiguration(
  command: OwnCommandName,
  invocation: Invocation,
  world: World,
): Promise<number> {
  refuseUnknownArguments(command, invocation);
  switch (command) {
    case "version": {
      const { version } = await import("./version.ts");
      return await version(invocation, world);
    }
    case "generate": {
      const { generate } = await import("./generate.ts");
      return await generate(invocation, world);
    }
    case "random-key": {
      const { randomKey } = await import("./generate.ts");
      return randomKey(invocation, world);
    }
    case "complete": {
      const { complete } = await import("./complete.ts");
      return await complete(invocation, world);
    }
    case "battery": {
      const { battery } = await import("./battery.ts");
      return await battery(world);
    }
    case "panic":
      throw new Error("the command panic asks for it");
    case "help": {
      const { help } = await import("./help.ts");
      return await help(invocation, world);
    }
    case "profiles":
    case "run-schedule":
    case "schedule":
    case "show":
    case "status":
    case "unschedule":
    case "validate":
      throw new Error(`Cannot perform "${command}": it needs the configuration`);
    default:
      return command satisfies never;
  }
}
