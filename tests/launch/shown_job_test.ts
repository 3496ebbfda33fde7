/** Dry runs of the program: they show all, and do not hide what would keep the run from starting. */
import { assertEquals, assertMatch } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const PROFILE = '[default]\nrepository = "r"\nrun-before = "never"\n';
const SHOWN = /dry-run: never\n.*dry-run: \S*restic ls --repo=r\n/;

const ROWS:
  readonly (readonly [name: string, files: FakeOptions["files"], text: string, told: RegExp, status: number])[] = [
    ["what a run would do", {}, "", /ls --repo=r\n$/, 0],
    ["a folder that is not there", {}, 'base-dir = "/none"', /base-dir "\/none": no such folder/, 1],
    [
      "a restic that cannot be run",
      { "/usr/bin/restic": { text: "", mode: 0o644 } },
      "",
      /error: Cannot find restic/,
      6,
    ],
    ["an environment file that is missing", {}, 'env-file = "a.env"', /warning: .*a\.env/, 0],
    ["an environment file that cannot be read", { "/work/a.env": "x" }, 'env-file = "a.env"', /a\.env:1:1: error: /, 1],
  ];

for (const [name, files, text, told, status] of ROWS) {
  Deno.test(`--dry-run shows ${name}`, async () => {
    const configuration = `[global]\nrestic-version = "0.18"\n${PROFILE}${text}`;
    const world = fakeWorld({ files: { "/work/profiles.toml": configuration, ...files } });
    assertEquals(await run(["--dry-run", "ls"], world), status);
    assertMatch(world.printed.stdout, SHOWN);
    assertMatch(world.printed.stdout, told);
    assertEquals(world.ran, []);
  });
}

Deno.test("--dry-run shows the time that a request would tell", async () => {
  const hook = '[default.ls.send-before]\nmethod = "POST"\nurl = "http://host/$NOW"\nbody = "at $NOW"\n';
  const configuration = `[global]\nrestic-version = "0.18"\n[default]\nrepository = "r"\n${hook}`;
  const world = fakeWorld({ files: { "/work/profiles.toml": configuration } });
  assertEquals(await run(["--dry-run", "ls"], world), 0);
  assertMatch(world.printed.stdout, /\/2026-01-02T03:04:05Z?[^\n]*\n[^]*at 2026-01-02T03:04:05/);
});

const OUTER = { "/outer/config": "", "/outer/data/": "", "/outer/keys/": "" };

for (
  const [what, repository, command, expected] of [
    ["leaves out", "My\\ Disk/repo", "ls", [true, false]],
    ["leaves out", "/outer/inner", "ls", [true, false]],
    ["shows", "/new", "ls", [false, true]],
    ["shows", "/outer/inner", "init", [true, true]],
  ] as const
) {
  Deno.test(`--dry-run of ${command} ${what} an init of ${repository}`, async () => {
    const configuration =
      `[global]\nrestic-version = "0.18"\n[default]\nrepository = '${repository}'\ninitialize = true\n`;
    const world = fakeWorld({ files: { "/work/profiles.toml": configuration, ...OUTER } });
    assertEquals(await run(["--dry-run", command], world), 0);
    const { stdout } = world.printed;
    assertEquals([/repository is made[:,]/.test(stdout), /dry-run: \S*restic init /.test(stdout)], expected);
    assertMatch(stdout, new RegExp(`dry-run: \\S*restic ${command} `));
  });
}
