import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { captured, ROOT } from "../../scripts/programs.ts";

/** The rows that are no packages. */
const OTHERS = ["Deno", "restic"];
const NOTICES = await Deno.readTextFile(`${ROOT}/THIRD_PARTY_NOTICES.md`);

/** Folders of the packages, by name, in the bundle that the binary is made of: each of its parts begins with the path of its source. */
async function bundledPackages(): Promise<ReadonlyMap<string, string>> {
  const text = await captured(Deno.execPath(), ["bundle", "--quiet", "--platform=deno", `${ROOT}/src/main.ts`]);
  const parts = text.matchAll(/^\/\/ (.*\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/[^/]+)\/.*$/gm);
  return new Map([...parts].map(([, folder, name]) => [name!, folder!]));
}

Deno.test("the notices name every package in the binary, and no other one", async () => {
  const rows = [...NOTICES.matchAll(/^\| (\S+) \| .* \| (?:MIT|BSD 2-Clause) \|$/gm)].map(([, name]) => name!);
  assertEquals(rows.sort(), [...(await bundledPackages()).keys(), ...OTHERS].sort());
});

Deno.test("the notices have the copyright of every package that has a file for it", async () => {
  let found = 0;
  for (const folder of (await bundledPackages()).values()) {
    const licence = await Deno.readTextFile(`${ROOT}/${folder}/LICENSE`).catch(() => "");
    for (const [line] of licence.matchAll(/^Copyright .*$/gm)) {
      assertStringIncludes(NOTICES, line.trim());
      found++;
    }
  }
  assert(found > 0);
});
