import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Ended, outcome, ROOT } from "../../scripts/programs.ts";
import { type Folder, makeFolder } from "../support/folder.ts";

/** What the stand-in registry gives as Deno. */
const FETCHED = '#!/bin/sh\necho "fetched $*"\n';
const OTHER = "0".repeat(64);

/** @returns a Deno that is on PATH, and answers what `scripts/deno` asks it */
const denoOnPath = (version: string) =>
  `#!/bin/sh
case $1 in
--version) echo "deno ${version} (stable)" ;;
eval) echo "$0" ;;
*) echo "on PATH $*" ;;
esac
`;

/** A machine of x86-64 Linux with npm, where pip and curl fail. @param sha256 what is pinned for the program that npm gives */
function machine(sha256: string, onPath = "1.0.0"): Folder {
  const folder = makeFolder({
    "scripts/deno": Deno.readTextFileSync(`${ROOT}/scripts/deno`),
    "scripts/deno.sha256": `${sha256}  deno-2.9.6-x86_64-unknown-linux-gnu\n`,
    "fetched": FETCHED,
    "bin/uname": '#!/bin/sh\n[ "$1" = -m ] && echo x86_64 || echo Linux\n',
    "bin/deno": denoOnPath(onPath),
    "bin/python3": "#!/bin/sh\nexit 1\n",
    "bin/curl": "#!/bin/sh\nexit 1\n",
  });
  const npm = `#!/bin/sh
echo "$3" >>'${folder.path}/asked'
mkdir package && cp '${folder.path}/fetched' package/deno && tar -czf deno.tgz package
`;
  folder.write({ "bin/npm": npm });
  return folder;
}

function start({ path }: Folder): Promise<Ended> {
  const env = { PATH: `${path}/bin:/usr/bin:/bin`, XDG_CACHE_HOME: `${path}/cache`, DENO_EXACTLY: "" };
  return outcome("sh", [`${path}/scripts/deno`, "task", "x y"], env);
}

async function checksum(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

const inCache = ({ path }: Folder) =>
  [...Deno.readDirSync(`${path}/cache/resticprofile-build`)].map(({ name }) => name);

Deno.test("scripts/deno fetches the pinned Deno once, and starts it", async () => {
  using folder = machine(await checksum(FETCHED));
  assertEquals(await start(folder), { code: 0, stdout: "fetched task x y\n", stderr: "Fetching Deno 2.9.6 …\n" });
  assertEquals(await start(folder), { code: 0, stdout: "fetched task x y\n", stderr: "" });
  assertEquals(folder.read("asked"), "@deno/linux-x64-glibc@2.9.6\n");
  assertEquals(inCache(folder), ["deno-2.9.6-x86_64-unknown-linux-gnu"]);
});

Deno.test("scripts/deno neither starts nor keeps a Deno that is not the pinned one", async () => {
  using folder = machine(OTHER);
  const { code, stdout, stderr } = await start(folder);
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, `its SHA-256 is ${await checksum(FETCHED)}, not ${OTHER}`);
  assertEquals(inCache(folder), []);
});

Deno.test("scripts/deno fetches nothing that has no checksum", async () => {
  using folder = machine(OTHER);
  folder.write({ "scripts/deno.sha256": `${await checksum(FETCHED)}  deno-2.9.6-aarch64-unknown-linux-gnu\n` });
  const { code, stderr } = await start(folder);
  assertEquals([code, folder.read("asked")], [1, undefined]);
  assertStringIncludes(stderr, "has no checksum of it for x86_64-unknown-linux-gnu");
});

for (const version of ["2.9.6", "2.10.0", "3.0.0"]) {
  Deno.test(`scripts/deno takes Deno ${version} that is on PATH, by its version alone`, async () => {
    using folder = machine(OTHER, version);
    assertEquals(await start(folder), { code: 0, stdout: "on PATH task x y\n", stderr: "" });
  });
}

Deno.test("the checksums are one for each platform that has a Deno of both versions", () => {
  const lines = Deno.readTextFileSync(`${ROOT}/scripts/deno.sha256`).trimEnd().split("\n");
  for (const line of lines) {
    assertEquals(/^[0-9a-f]{64} {2}deno-2\.(9\.6|6\.8)-(x86_64|aarch64)-[a-z-]+$/.test(line), true);
  }
  assertEquals(new Set(lines.map((line) => line.slice(64))).size, lines.length);
});
