import { assertEquals } from "@std/assert";
import { findRestic, type ResticSettings } from "../../../src/run/machine/find_restic.ts";
import { askVersion, versionInOutput } from "../../../src/run/machine/restic_version.ts";
import { fakeWorld } from "../../support/fake_world.ts";

const PROGRAM = { text: "x", mode: 0o755 };
const SETTINGS: ResticSettings = { binary: undefined, version: "0.18", filter: true };

for (
  const [name, settings, files, path, warned] of [
    ["13.26 the PATH first", {}, { "/opt/bin/restic": PROGRAM }, "/opt/bin/restic", 0],
    ["/bin, after them", {}, { "/usr/bin/restic": { link: "/gone" }, "/bin/restic": PROGRAM }, "/bin/restic", 0],
    ["13.26 then the usual folders", {}, {}, "/usr/bin/restic", 0],
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

Deno.test("askVersion() asks once, until the program changes (run.md 17: processes 8)", async () => {
  const world = fakeWorld({ programs: ANSWER });
  assertEquals(await askVersion("/usr/bin/restic", world), "0.18.0");
  assertEquals(await askVersion("/usr/bin/restic", world), "0.18.0");
  assertEquals(world.ran.length, 1);
  world.files.write("/usr/bin/restic", "another size", { mode: 0o755 });
  assertEquals(await askVersion("/usr/bin/restic", world), "0.18.0");
  assertEquals(world.ran.length, 2);
  assertEquals(world.files.list("/home/user/.cache/resticprofile"), ["restic-version.json"]);
});

for (const damaged of ["", "[1]", '{"/usr/bin/restic": "0.1.0"}', '{"/usr/bin/restic": {"version": 1}}']) {
  Deno.test(`a damaged cache does no harm: ${damaged}`, async () => {
    const world = fakeWorld({ programs: ANSWER, files: { [CACHE]: damaged } });
    assertEquals(await askVersion("/usr/bin/restic", world), "0.18.0");
  });
}

Deno.test("a cache folder that cannot be written to does no harm", async () => {
  const world = fakeWorld({ programs: ANSWER, files: { "/home/user/.cache/": { mode: 0o500 } } });
  assertEquals(await askVersion("/usr/bin/restic", world), "0.18.0");
});

Deno.test("XDG_CACHE_HOME is where the cache is", async () => {
  const world = fakeWorld({ programs: ANSWER, env: { XDG_CACHE_HOME: "/cache", HOME: "/home/user" } });
  await askVersion("/usr/bin/restic", world);
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
