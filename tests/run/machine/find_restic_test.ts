import { assertEquals } from "@std/assert";
import { findRestic, type ResticSettings } from "../../../src/run/machine/find_restic.ts";
import { askVersion, versionInOutput } from "../../../src/run/machine/ask_version.ts";
import { runJob } from "../../../src/run/run_job.ts";
import { watchSignals } from "../../../src/run/signals.ts";
import { bytePipe } from "../../support/byte_pipe.ts";
import { type FakeWorld, fakeWorld } from "../../support/fake_world.ts";
import { job, listener, resticStep } from "../../support/job.ts";

const PROGRAM = { text: "x", mode: 0o755 };
const SETTINGS: ResticSettings = { binary: undefined, version: "0.18", filter: true };

for (
  const [name, settings, files, path, warned] of [
    ["the PATH first", {}, { "/opt/bin/restic": PROGRAM }, "/opt/bin/restic", 0],
    ["/bin, after them", {}, { "/usr/bin/restic": { link: "/gone" }, "/bin/restic": PROGRAM }, "/bin/restic", 0],
    ["then the usual folders", {}, {}, "/usr/bin/restic", 0],
    ["restic-binary", { binary: "/x/restic-new" }, { "/x/restic-new": PROGRAM }, "/x/restic-new", 0],
    ["restic-binary, relative", { binary: "tools/restic" }, { "/work/tools/restic": PROGRAM }, "/work/tools/restic", 0],
    ["restic-binary that is not there", { binary: "/nowhere" }, {}, "/usr/bin/restic", 1],
  ] as const
) {
  Deno.test(`findRestic(): ${name}`, async () => {
    const world = fakeWorld({ files, env: { PATH: ":.:/opt/bin", HOME: "/home/user" } });
    const found = await findRestic({ ...SETTINGS, ...settings }, world);
    assertEquals([found.path, found.warnings.length], [path, warned]);
  });
}

for (
  const [binary, filter] of [
    ["/x/restic", true],
    ["/x/Restic.exe", true],
    ["/x/restic.sh", true],
    ["/x/my-restic", false],
    ["/x/restic-0.18", false],
  ] as const
) {
  Deno.test(`the filter is ${filter ? "on" : "off"} for ${binary}`, async () => {
    const found = await findRestic({ ...SETTINGS, binary }, fakeWorld({ files: { [binary]: PROGRAM } }));
    assertEquals([found.path, found.filter], [binary, filter]);
    assertEquals((await findRestic({ ...SETTINGS, filter: false }, fakeWorld())).filter, false);
  });
}

Deno.test("an invalid restic-version switches the filter off, with a warning", async () => {
  const found = await findRestic({ ...SETTINGS, version: "newest" }, fakeWorld());
  assertEquals([found.version, found.filter, found.warnings.length], [undefined, false, 1]);
});

Deno.test("no version in the answer is a warning", async () => {
  const world = fakeWorld({ programs: { "restic version": { stdout: "hello\n" } } });
  const found = await findRestic({ ...SETTINGS, version: undefined }, world);
  assertEquals([found.version, found.filter, found.warnings.length], [undefined, true, 1]);
});

const ANSWER = { "restic version": { stdout: "restic 0.18.0 compiled with go1.24 on linux/amd64\n" } };
const CACHE = "/home/user/.cache/resticprofile/restic-version.json";
/** As much as restic has at least. */
const CODE = "\0".repeat(4 * 1024 * 1024);
const BINARY = { text: `\x7fELF${CODE}`, mode: 0o755 };
const RESTIC = "/usr/bin/restic";

async function versionOf(path: string, world: FakeWorld): Promise<string | undefined> {
  return (await askVersion(path, world)).version;
}

Deno.test("askVersion() asks a binary once, until the program changes", async () => {
  const world = fakeWorld({ programs: ANSWER, files: { [RESTIC]: BINARY } });
  assertEquals(await versionOf(RESTIC, world), "0.18.0");
  assertEquals(await versionOf(RESTIC, world), "0.18.0");
  assertEquals(world.ran.length, 1);
  world.files.write(RESTIC, `\x7fELF, another size${CODE}`, { mode: 0o755 });
  assertEquals(await versionOf(RESTIC, world), "0.18.0");
  assertEquals(world.ran.length, 2);
  assertEquals(world.files.list("/home/user/.cache/resticprofile"), ["restic-version.json"]);
});

const bytes = (...values: readonly number[]) => {
  const all = new TextEncoder().encode(CODE);
  all.set(values);
  return all;
};
for (
  const [what, path, files, starts] of [
    ["ELF", RESTIC, { [RESTIC]: BINARY }, 1],
    ["Mach-O", RESTIC, { [RESTIC]: bytes(0xcf, 0xfa, 0xed, 0xfe) }, 1],
    ["Mach-O for several architectures", RESTIC, { [RESTIC]: bytes(0xca, 0xfe, 0xba, 0xbe) }, 1],
    ["a Windows program", "/x/Restic.exe", { "/x/Restic.exe": `MZ${CODE}` }, 1],
    ["a download", "/x/restic_0.18.0_linux_amd64", { "/x/restic_0.18.0_linux_amd64": BINARY }, 1],
    [
      "a link to a download",
      "/x/r",
      { "/x/r": { link: "/y/restic_0.17.3_darwin" }, "/y/restic_0.17.3_darwin": BINARY },
      1,
    ],
    ["a small launcher in its place", RESTIC, { [RESTIC]: { text: "\x7fELF…", mode: 0o755 } }, 2],
    ["a script", RESTIC, { [RESTIC]: '#!/bin/sh\nexec /opt/restic "$@"\n' }, 2],
    ["an empty file", RESTIC, { [RESTIC]: "" }, 2],
    ["a file that may not be read", RESTIC, { [RESTIC]: { ...BINARY, mode: 0o111 } }, 2],
    ["a launcher of another name", RESTIC, { [RESTIC]: { link: "/usr/bin/snap" }, "/usr/bin/snap": BINARY }, 2],
    ["a binary called restic-wrapper", "/x/restic-wrapper", { "/x/restic-wrapper": BINARY }, 2],
  ] as const
) {
  Deno.test(`the version of ${what} is ${starts === 1 ? "remembered" : "asked for each time"}`, async () => {
    const stdout = ANSWER["restic version"].stdout;
    const world = fakeWorld({ programs: { [`${path} version`]: { stdout } }, files });
    assertEquals([await versionOf(path, world), await versionOf(path, world)], ["0.18.0", "0.18.0"]);
    assertEquals(world.ran.length, starts);
  });
}

Deno.test("what an older release has remembered of a script does not count", async () => {
  const world = fakeWorld({ programs: ANSWER });
  const { device, inode, size, modified } = world.files.stat(RESTIC)!;
  world.files.makeDir("/home/user/.cache/resticprofile");
  world.files.write(CACHE, JSON.stringify({ [RESTIC]: { device, inode, size, modified, version: "0.12.0" } }));
  assertEquals(await versionOf(RESTIC, world), "0.18.0");
});

for (
  const [complaint, code, starts] of [
    ["unknown flag: --retry-lock\n", 1, 2],
    ["unknown shorthand flag: 'o' in -o\n", 1, 2],
    ['unknown command "rewrite" for "restic"\n', 1, 2],
    ["Fatal: wrong password or no key found\n", 12, 1],
    ["unknown flag: of a file, says a warning\n", 0, 1],
  ] as const
) {
  Deno.test(`restic's "${complaint.trim()}" with status ${code}: its version is asked ${starts} times`, async () => {
    const programs = { ...ANSWER, "restic backup": { stderr: complaint, code } };
    const world = fakeWorld({ programs, files: { [RESTIC]: BINARY } });
    await versionOf(RESTIC, world);
    await runJob(job([resticStep("backup")]), world, listener().tell, watchSignals(world));
    await versionOf(RESTIC, world);
    assertEquals(world.ran.filter(({ line }) => line.endsWith("version")).length, starts);
  });
}

Deno.test("a process that restic version leaves behind is not waited for", async () => {
  const { stream: stdout, write } = bytePipe();
  const world = fakeWorld();
  const left = { pid: 7, stdin: undefined, stdout, stderr: undefined, niceProblem: undefined, kill() {} };
  const status = Promise.resolve({ code: 0, signal: undefined });
  write(ANSWER["restic version"].stdout);
  assertEquals(await versionOf(RESTIC, { ...world, spawn: () => ({ ...left, status }) }), "0.18.0");
  assertEquals(world.elapsed() < 2_000, true);
});

for (
  const [what, program, version, seconds] of [
    ["never ends", { durationMs: 3_600_000, survives: ["SIGINT"] as const }, undefined, 11],
    ["never ends, but says the version", { ...ANSWER["restic version"], durationMs: 3_600_000 }, "0.18.0", 10],
    ["prints without end", { stdout: "x".repeat(70_000), durationMs: 3_600_000 }, undefined, 0],
    [
      "prints without end, the version first",
      {
        stdout: `${ANSWER["restic version"].stdout}${"x".repeat(70_000)}`,
        durationMs: 3_600_000,
      },
      "0.18.0",
      0,
    ],
  ] as const
) {
  Deno.test(`a restic version that ${what} is ended after ${seconds} s`, async () => {
    const world = fakeWorld({ programs: { "restic version": program } });
    const found = await findRestic({ ...SETTINGS, version: undefined }, world);
    assertEquals([found.version, found.failure === undefined, world.elapsed() / 1_000], [
      version,
      version !== undefined,
      seconds,
    ]);
    assertEquals(world.alive.size, 1);
  });
}

for (const damaged of ["", "[1]", '{"/usr/bin/restic": "0.1.0"}', '{"/usr/bin/restic": {"version": 1}}']) {
  Deno.test(`a damaged cache does no harm: ${damaged}`, async () => {
    const world = fakeWorld({ programs: ANSWER, files: { [CACHE]: damaged, [RESTIC]: BINARY } });
    assertEquals(await versionOf(RESTIC, world), "0.18.0");
  });
}

Deno.test("a cache folder that cannot be written to does no harm", async () => {
  const files = { "/home/user/.cache/": { mode: 0o500 }, [RESTIC]: BINARY };
  assertEquals(await versionOf(RESTIC, fakeWorld({ programs: ANSWER, files })), "0.18.0");
});

Deno.test("XDG_CACHE_HOME is where the cache is", async () => {
  const env = { XDG_CACHE_HOME: "/cache", HOME: "/home/user" };
  const world = fakeWorld({ programs: ANSWER, env, files: { [RESTIC]: BINARY } });
  await versionOf(RESTIC, world);
  assertEquals(world.files.stat("/cache/resticprofile/restic-version.json")?.kind, "file");
});

for (
  const [text, version] of [
    ["restic 0.18.0 compiled with go1.24.4 on linux/amd64\n", "0.18.0"],
    ["restic 0.16.4-dev (compiled manually) compiled with go", "0.16.4"],
    ["warning\nrestic 0.9.5 (v0.9.5-1) compiled", "0.9.5"],
    ["something else", undefined],
  ] as const
) {
  Deno.test(`versionInOutput() of "${text.trim()}"`, () => assertEquals<unknown>(versionInOutput(text), version));
}
