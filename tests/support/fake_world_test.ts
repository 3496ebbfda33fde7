import { assertEquals, assertThrows } from "@std/assert";
import { type ChildCommand, FileError } from "../../src/platform/world.ts";
import { fakeWorld } from "./fake_world.ts";

const SHELL: ChildCommand = {
  program: "/bin/sh",
  args: ["-c", "notify now"],
  cwd: "/work",
  env: {},
  stdin: "piped",
  stdout: "piped",
  stderr: "piped",
};

Deno.test("fake time passes for those who wait, in the order of their moments", async () => {
  const world = fakeWorld();
  const order: string[] = [];
  await Promise.all([
    world.sleep(3_600_000).then(() => order.push(`b ${world.elapsed()}`)),
    world.sleep(1_000).then(() => order.push(`a ${world.elapsed()}`)),
  ]);
  assertEquals(order, ["a 1000", "b 3600000"]);
});

Deno.test("a fake program answers by the longest beginning of its line, its starts one after the other", async () => {
  const world = fakeWorld({
    programs: { notify: { code: 9 }, "notify now": [{ code: 1, stderr: "no", durationMs: 5 }, { code: 2 }] },
  });
  const first = world.spawn(SHELL);
  assertEquals(await new Response(first.stderr).text(), "no");
  assertEquals(
    [await first.status, await world.spawn(SHELL).status, await world.spawn(SHELL).status].map((s) => s.code),
    [
      1,
      2,
      2,
    ],
  );
  assertEquals(world.ran.map(({ line, endedAt }) => [line, endedAt])[0], ["/bin/sh -c notify now", 5]);
});

Deno.test("a fake program dies of a signal, or lives on, or has a status for it", async () => {
  const program = { durationMs: 100, survives: ["SIGINT"], codeOnSignal: 130 } as const;
  const world = fakeWorld({ programs: { notify: program } });
  const child = world.spawn(SHELL);
  child.kill("SIGINT");
  world.clock.at(50, () => child.kill("SIGTERM"));
  assertEquals([(await child.status).code, world.elapsed()], [130, 50]);
});

Deno.test("fake files know links, modes and exclusive creation", () => {
  const { files } = fakeWorld({
    files: { "/etc/a": "text", "/l": { link: "etc/a" }, "/secret": { text: "s", mode: 0 }, "/ro/": { mode: 0o555 } },
  });
  assertEquals([files.readText("/l"), files.realPath("/l"), files.lstat("/l")?.kind], ["text", "/etc/a", "other"]);
  assertThrows(() => files.read("/secret"), FileError, "permission denied");
  assertThrows(() => files.write("/ro/x", ""), FileError, "permission denied");
  assertThrows(() => files.write("/etc/a", "", { createNew: true }), FileError, "file exists");
  files.link("/etc/a", "/etc/b");
  assertEquals(files.stat("/etc/b")?.inode, files.stat("/etc/a")?.inode);
  assertEquals(files.list("/etc").sort(), ["a", "b"]);
});
