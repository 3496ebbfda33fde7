import { assertEquals, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { fakeWorld } from "../support/fake_world.ts";

for (
  const { flags, told, program } of [
    { flags: [], told: true, program: "nice" },
    { flags: ["--no-prio"], told: false, program: "restic" },
  ]
) {
  Deno.test(`priorities ${told ? "count" : "do not count"} with the flags [${flags}], nor does what is wrong with them`, async () => {
    const toml =
      '[global]\nmin-memory = 0\npriority = "bogus"\nnice = 5\nionice-level = 99\n[default]\nrepository = "/r"\n';
    const files = { "/work/profiles.toml": toml, "/usr/bin/nice": { text: "", mode: 0o755 } };
    const world = fakeWorld({ files });
    assertEquals(await run([...flags, "check"], world), 0);
    const output = world.printed.stdout + world.printed.stderr;
    assertEquals([output.includes("bogus"), output.includes("ionice-level")], [told, told], output);
    assertEquals(world.ran.at(-1)?.command.program.replace(/.*\//, ""), program);
  });
}

for (const [path, status] of [["/opt/tools", 0], ["/opt/other", 6]] as const) {
  Deno.test(`a restic that is only on the PATH of env is ${status === 0 ? "used" : "not found elsewhere"}`, async () => {
    const world = fakeWorld({
      files: {
        "/work/profiles.yaml": `{global: {min-memory: 0}, default: {repository: /r, env: {PATH: ${path}}}}`,
        "/usr/bin/restic": { link: "/gone" },
        "/opt/tools/restic": { text: "", mode: 0o755 },
      },
    });
    assertEquals(await run(["check"], world), status);
    assertEquals(world.ran.at(-1)?.command.program, status === 0 ? "/opt/tools/restic" : undefined);
  });
}

Deno.test("a signal while metrics are pushed at the end leaves a good backup good, and shortens the push", async () => {
  const profile = '{repository: /r, prometheus-push: "http://gateway", backup: {source: /bin}}';
  const files = { "/work/profiles.yaml": `{global: {min-memory: 0}, default: ${profile}}`, "/bin/": "" };
  const world = fakeWorld({ files, reply: () => ({ afterMs: 20_000 }) });
  world.clock.at(2_000, () => world.raise("SIGTERM"));
  assertEquals(await run(["backup"], world), 0);
  assertEquals([world.sent.length, world.elapsed()], [1, 5_000]);
  assertStringIncludes(world.printed.stdout + world.printed.stderr, "Interrupted before all");
});
