import { assertEquals, assertThrows } from "@std/assert";
import { refuseUnknownArguments } from "../../src/cli/own_arguments.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import { isOwnCommand } from "../../src/schema/own_commands.ts";

function refuse(line: string): void {
  const [command = "", ...args] = line.split(" ");
  if (!isOwnCommand(command)) throw new Error(`"${command}" is not ours`);
  refuseUnknownArguments(command, { args });
}

for (
  const line of [
    "schedule --all --start --reload",
    "schedule --all=true --no-start=false",
    "unschedule --dry-run",
    "status --all",
    "show docs --json -v",
    "show --origin",
    "profiles --json",
    "validate --json=true",
    "version -v",
    "generate --nothing", // it tells of that itself
    "random-key 30",
    "help repair snapshots",
    "complete bash:v1 __POS:1 --anything",
    "run-schedule backup@docs --tag x -5",
  ]
) {
  Deno.test(`${line} is understood`, () => refuse(line));
}

for (
  const [line, message] of [
    ["schedule -n www", 'Cannot use "-n" with schedule: -n is written before the command'],
    ["schedule --name=www", 'Cannot use "--name=www" with schedule: --name is written before the command'],
    ["schedule www", 'Cannot use "www" with schedule: a profile is named as in NAME.schedule'],
    ["schedule -5", 'Cannot use "-5" with schedule'],
    ["schedule --alll", 'Cannot use "--alll" with schedule'],
    ["unschedule --all=maybe", 'Cannot use "--all=maybe" with unschedule: --all is true or false'],
    ["status -- www", 'Cannot use "www" with status: a profile is named as in NAME.status'],
    ["status ---all", 'Cannot use "---all" with status'],
    ["profiles docs", 'Cannot use "docs" with profiles: a profile is named as in NAME.profiles'],
    ["validate --strict", 'Cannot use "--strict" with validate'],
    ["validate x", 'Cannot use "x" with validate'],
    ["show a b", 'Cannot use "b" with show'],
    ["version x", 'Cannot use "x" with version'],
    ["random-key 12 13", 'Cannot use "13" with random-key'],
    ["help a b c", 'Cannot use "c" with help'],
    ["help -x", 'Cannot use "-x" with help'],
    ["battery all", 'Cannot use "all" with battery'],
  ] as const
) {
  Deno.test(`${line} is refused`, () => {
    const error = assertThrows(() => refuse(line), UsageError, message);
    assertEquals(error.message, message);
  });
}
