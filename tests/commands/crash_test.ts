/** A mistake of the program that no promise carries, in the real program: it must not end with a lock, a file or a child left behind. */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runProgram } from "../support/tool.ts";

const source = (path: string) => new URL(`../../src/${path}`, import.meta.url).href;
const IMPORTS = new URL("../../deno.json", import.meta.url).pathname;

/** @param mistake is made while restic runs */
const program = (mistake: string) => `
import { run } from "${source("commands/dispatch.ts")}";
import { denoWorld } from "${source("platform/deno_world.ts")}";
const world = denoWorld();
const broken = () => { throw new Error("a bug"); };
function spawn(command) {
  const child = world.spawn(command);
  if (command.args[0] === "backup") {
    Deno.writeTextFileSync("pid", String(child.pid));
    ${mistake}
  }
  return child;
}
Deno.exit(await run(["backup"], { ...world, spawn }));
`;

for (
  const { what, mistake } of [
    { what: "the callback of a timer", mistake: "setTimeout(broken);" },
    { what: "a forgotten promise", mistake: "void Promise.resolve().then(broken);" },
    { what: "a callback of the system", mistake: "process.getBuiltinModule('node:fs').stat('/', broken);" },
  ]
) {
  Deno.test(`an error in ${what} fails the step: restic is ended, hooks run, lock and files are gone`, async () => {
    using folder = makeFolder({
      "profiles.toml": `
[default]
lock = "default.lock"
repository = "rest:http://user:hidden@localhost/"
run-after-fail = "echo $ERROR > failed"
run-finally = "echo finally >> failed"
[default.backup]
source = "/source"
`,
      "tmp/.keep": "",
    });
    await new Deno.Command("mkfifo", { args: [`${folder.path}/pipe`] }).output();
    standInRestic(folder, { backup: { run: "exec cat pipe" } });
    const args = ["eval", "--no-check", "--config", IMPORTS, program(mistake)];
    const { code, stdout } = await runProgram(Deno.execPath(), folder, args, {
      env: { TMPDIR: `${folder.path}/tmp` },
    });
    assertEquals(code, 1);
    assertStringIncludes(stdout, "backup on profile 'default': a bug");
    assertEquals(folder.read("failed"), "backup on profile 'default': a bug\nfinally\n");
    assertEquals(folder.read("default.lock"), undefined);
    assertThrows(() => Deno.kill(Number(folder.read("pid")), "SIGCONT"), Deno.errors.NotFound);
    assertEquals([...Deno.readDirSync(`${folder.path}/tmp`)].map(({ name }) => name), [".keep"]);
  });
}
