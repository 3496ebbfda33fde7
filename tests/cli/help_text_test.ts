import { assertEquals, assertMatch } from "@std/assert";
import { generalHelp, helpSubject, ownCommandHelp, resticHelp } from "../../src/cli/help_text.ts";
import { parseInvocation } from "../../src/cli/parse.ts";
import { OWN_COMMANDS, ownCommand, type OwnCommandName } from "../../src/schema/own_commands.ts";
import { FLAGS, visibleFlags } from "../../src/schema/own_flags.ts";

const names = Object.keys(OWN_COMMANDS) as OwnCommandName[];

Deno.test("generalHelp() lists every visible flag and command, and no hidden one", () => {
  const text = generalHelp({});
  for (const name of visibleFlags()) assertMatch(text, new RegExp(`^ +(-\\w, )?--${name}\\b`, "m"));
  for (const name of names) {
    assertEquals(new RegExp(`^ +${name} `, "m").test(text), !ownCommand(name).hidden, name);
  }
  assertEquals(text.includes("--remote"), false);
});

Deno.test("generalHelp() tells what the environment sets", () => {
  assertMatch(generalHelp({ RESTICPROFILE_NAME: " other " }), /--name .*\(now other, from \$RESTICPROFILE_NAME\)\n/);
  assertMatch(generalHelp({ RESTICPROFILE_NAME: " " }), /--name .*\(default default\) \[\$RESTICPROFILE_NAME\]\n/);
});

Deno.test("generalHelp() shows defaults, and the value of a flag without one", () => {
  assertMatch(generalHelp({}), new RegExp(`--theme THEME .*\\(default ${FLAGS.theme.default}\\)`));
  assertMatch(generalHelp({}), /--ignore-on-battery\[=N\] .*100 without a value/);
});

Deno.test("ownCommandHelp() shows usage and options, sorted", () => {
  const text = ownCommandHelp("generate") ?? "";
  assertMatch(text, /Usage:\n {2}resticprofile \[FLAGS\] generate \[OPTIONS\] \[v1\|v2\|global\]\n/);
  assertEquals(text.match(/--[\w-]+/g), [
    "--bash-completion",
    "--config-reference",
    "--fish-completion",
    "--json-schema",
    "--random-key",
    "--to",
    "--version",
    "--zsh-completion",
  ]);
  assertMatch(ownCommandHelp("show") ?? "", /resticprofile \[FLAGS\] \[PROFILE\.\]show /);
});

Deno.test("ownCommandHelp() has no page for hidden commands", () => {
  for (const name of names) assertEquals(ownCommandHelp(name) === undefined, Boolean(ownCommand(name).hidden), name);
});

Deno.test("resticHelp() says how the tool is called", () => {
  assertEquals(
    resticHelp("restic backup saves. Usage:\n  restic backup [flags]\nrestic backup-all, restic", "backup"),
    "resticprofile [FLAGS] [PROFILE.]backup saves. Usage:\n" +
      "  resticprofile [FLAGS] [PROFILE.]backup [flags]\nrestic backup-all, restic",
  );
});

const SUBJECTS: [line: string, subject: string | undefined][] = [
  ["--help", undefined],
  ["help", "help"],
  ["help help", "help"],
  ["help backup", "backup"],
  ["backup --tag x --help", "backup"],
  ["some.status --all -h", "status"],
  ["-n some unschedule -h", "unschedule"],
  ["help -a x backup", "backup"],
  ["help ../x /y find", "find"],
];
for (const [line, subject] of SUBJECTS) {
  Deno.test(`helpSubject() of "${line}"`, () =>
    assertEquals(helpSubject(parseInvocation(line.split(" "), {})), subject));
}
