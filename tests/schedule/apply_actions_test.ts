import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Files } from "../../src/platform/world.ts";
import { type Action, ScheduleError } from "../../src/schedule/action.ts";
import { applyActions } from "../../src/schedule/apply_actions.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const run = (program: string, more: Partial<Action & { kind: "run" }> = {}): Action => ({
  kind: "run",
  program,
  args: ["x"],
  onFailure: "fail",
  ...more,
});

/** @param watch sees what happens to files */
async function applied(
  actions: readonly Action[],
  options: FakeOptions,
  watch: (files: Files) => Files = (files) => files,
) {
  const machine = fakeWorld(options);
  const world = { ...machine, files: watch(machine.files) };
  const told: string[] = [];
  const listener = {
    warn: (text: string) => void told.push(`! ${text}`),
    show: (text: string) => void told.push(text),
  };
  const error = await applyActions(actions, world, listener).catch((error) => error as Error);
  return { world, told, error };
}

Deno.test("applyActions() writes, removes and runs, in order", async () => {
  const { world, told, error } = await applied([
    { kind: "write", path: "/new/folder/file", text: "text", mode: 0o600, folderMode: 0o700 },
    { kind: "remove", path: "/old" },
    run("one", { input: "in", show: (output) => output.toUpperCase() }),
    run("two"),
  ], { files: { "/old/file": "" }, programs: { "one x": { stdout: "out", readsStdin: true } } });
  assertEquals(error, undefined);
  assertEquals(world.files.readText("/new/folder/file"), "text");
  assertEquals([world.files.stat("/new/folder/file")?.mode, world.files.stat("/new")?.mode], [0o600, 0o700]);
  assertEquals(world.files.stat("/old"), undefined);
  assertEquals(world.ran.map(({ line, stdin }) => [line, stdin]), [["one x", "in"], ["two x", ""]]);
  assertEquals(told, ["OUT"]);
});

Deno.test("after a failure files are what they were before", async () => {
  const { world, error } = await applied([
    { kind: "write", path: "/unit", text: "new", mode: 0o644 },
    { kind: "write", path: "/fresh", text: "new" },
    { kind: "remove", path: "/gone.d" },
    run("systemctl"),
    { kind: "write", path: "/never", text: "" },
  ], {
    files: { "/unit": { text: "old", mode: 0o600 }, "/gone.d/a": "a" },
    programs: { "systemctl x": { code: 1, stderr: "no bus\n" } },
  });
  assertEquals(error instanceof ScheduleError && error.message, 'Cannot run "systemctl x": no bus');
  assertEquals([world.files.readText("/unit"), world.files.stat("/unit")?.mode], ["old", 0o600]);
  assertEquals([world.files.stat("/fresh"), world.files.stat("/never")], [undefined, undefined]);
  assertEquals(world.files.readText("/gone.d/a"), "a");
});

Deno.test("a secret is never in a file that others may read, not even for a moment", async () => {
  const { world } = await applied([{ kind: "write", path: "/link", text: "secret", mode: 0o600 }], {
    files: { "/unit.env": { text: "old", mode: 0o644 }, "/link": { link: "/unit.env" } },
  }, (files) => ({
    ...files,
    chmod(path, mode) {
      const found = files.stat(path)!;
      assert((found.mode & 0o077) === 0 || files.readText(path) !== "secret", `${path} was ${found.mode.toString(8)}`);
      files.chmod(path, mode);
    },
  }));
  assertEquals([world.files.readText("/unit.env"), world.files.stat("/unit.env")?.mode], ["secret", 0o600]);
  assertEquals(world.files.lstat("/link")?.kind, "other", "the link is still one");
});

for (
  const [what, action, told] of [
    ["a warning", run("p", { onFailure: "warn" }), ['! Cannot run "p x": exit status 3']],
    ["a warning that explains the status", run("p", { onFailure: "warn", meanings: { 3: "it is away" } }), [
      '! Cannot run "p x": it is away',
    ]],
    ["nothing", run("p", { onFailure: "ignore" }), []],
  ] as const
) {
  Deno.test(`applyActions() makes ${what} of a failure`, async () => {
    const { error, told: found } = await applied([action], { programs: { "p x": { code: 3 } } });
    assertEquals(error, undefined);
    assertEquals(found, [...told]);
  });
}

Deno.test("a program that is missing, and a file that may not be written, are failures with a reason", async () => {
  const missing = await applied([run("p")], { programs: { "p x": { refuses: "no such file" } } });
  assertEquals(missing.error?.message, 'Cannot run "p x": no such file');
  const denied = await applied([{ kind: "write", path: "/d/f", text: "" }], { files: { "/d/": { mode: 0o500 } } });
  assertEquals(denied.error?.message, "Cannot change /d/f: permission denied");
});

Deno.test("messages do not show passwords", async () => {
  const action = run("p", { args: ["/rp", "hidden"], secrets: ["hidden"] });
  const { error } = await applied([action], { programs: { p: { code: 1 } } });
  assertEquals(error?.message, 'Cannot run "p /rp ×××": exit status 1');
});

Deno.test("what is no failure of a program or file is thrown as it is", async () => {
  const show = () => {
    throw new TypeError("mistake");
  };
  await assertRejects(() => applyActions([run("p", { show })], fakeWorld(), { warn() {}, show() {} }), TypeError);
});
