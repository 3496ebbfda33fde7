/** A configuration that another program writes: it can be read once, from a pipe. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

const TOML = '[default]\nlock = "default.lock"\nrun-before = "cp default.lock seen"\npassword-file = "key"\n';
const CALLS = [["check", "--password-file=key"]];

Deno.test("a configuration comes from standard input, its relative paths from the current folder", async () => {
  using folder = makeFolder();
  const restic = standInRestic(folder);
  const { code, stdout, stderr } = await runTool(folder, ["-f", "toml", "-c", "/dev/stdin", "check"], { stdin: TOML });
  assertEquals(code, 0, stdout + stderr);
  assertEquals(restic.calls(), CALLS);
  assertEquals(folder.read("seen") !== undefined, true);
});

Deno.test("a configuration comes from a process substitution, and is expanded as a template", async () => {
  using folder = makeFolder({ "text": TOML.replace('"key"', '"{{ "key" }}"') });
  const restic = standInRestic(folder);
  const through = ["bash", "-c", '"$@" -f toml -c <(cat text) check', "bash"];
  const { code, stdout, stderr } = await runTool(folder, [], { through });
  assertEquals(code, 0, stdout + stderr);
  assertEquals(restic.calls(), CALLS);
});

Deno.test("the extension of a named pipe tells its format", async () => {
  using folder = makeFolder({ "text": TOML });
  const restic = standInRestic(folder);
  const through = ["bash", "-c", 'mkfifo my.toml; cat text > my.toml & "$@" -c my.toml check', "bash"];
  const { code, stdout, stderr } = await runTool(folder, [], { through });
  assertEquals(code, 0, stdout + stderr);
  assertEquals(restic.calls(), CALLS);
});

Deno.test("a pipe without a format is an error that says what is missing", async () => {
  using folder = makeFolder();
  const { code, stderr } = await runTool(folder, ["-c", "/dev/stdin", "check"], { stdin: TOML });
  assertEquals(code, 1);
  assertStringIncludes(stderr, '"/dev/stdin" exists but has no extension: choose its format with --format');
});

Deno.test("a configuration from a pipe makes no jobs, which could not read it", async () => {
  using folder = makeFolder();
  const stdin = '[global]\nscheduler = "crontab:-:table"\n[default.check]\nschedule = "daily"\n';
  const { code, stdout } = await runTool(folder, ["-f", "toml", "-c", "/dev/stdin", "schedule"], { stdin });
  assertEquals([code, folder.read("table")], [1, undefined]);
  assertStringIncludes(stdout, 'Cannot schedule with "/dev/stdin"');
});
