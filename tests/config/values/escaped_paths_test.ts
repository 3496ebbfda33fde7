import { assertEquals, assertStringIncludes } from "@std/assert";
import { checkEscapes } from "../../../src/config/values/escaped_paths.ts";
import { withoutEscapes } from "../../../src/model/path.ts";
import { formatDiagnostic } from "../../../src/model/diagnostic.ts";
import { loadedProfile } from "../../support/configuration.ts";

for (
  const [path, os, plain] of [
    ["App\\ Support", "linux", "App Support"],
    ["a\\(1\\)\\&b", "darwin", "a(1)&b"],
    ["plain", "linux", undefined],
    ["a\\*b", "linux", undefined],
    ["x\\x2dy", "linux", undefined],
    ["C:\\ Users", "windows", undefined],
  ] as const
) {
  Deno.test(`withoutEscapes() of ${path} on ${os}`, () => assertEquals(withoutEscapes(path, os), plain));
}

const FILES = { "/work/My Disk/repo/config": "", "/work/the key": "k", "/work/both\\ x": "", "/work/both x": "" };

async function read(yaml: string) {
  return await loadedProfile({ yaml: `default: {${yaml}}`, files: FILES });
}

for (
  const [yaml, key, value, warnings] of [
    ["repository: 'My\\ Disk/repo'", "repository", "My Disk/repo", 1],
    ["repository: 'local:My\\ Disk/repo'", "repository", "local:My Disk/repo", 1],
    ["repository: 'No\\ Disk/repo'", "repository", "No\\ Disk/repo", 0],
    ["repository: 'sftp:host:My\\ Disk'", "repository", "sftp:host:My\\ Disk", 0],
    ["password-file: 'the\\ key'", "password-file", "the key", 1],
    ["password-file: 'both\\ x'", "password-file", "both\\ x", 0],
    ["cacert: [a, 'the\\ key']", "cacert", ["a", "the key"], 1],
    ["exclude-file: ['the\\ key']", "exclude-file", ["the key"], 1],
    ["status-file: 'the\\ key'", "status-file", "/work/the\\ key", 0],
  ] as const
) {
  Deno.test(`escapes: ${yaml}`, async () => {
    const { profile, diagnostics } = await read(yaml);
    const found = { ...profile.options, ...Object.fromEntries(profile.flags) }[key as "repository"];
    assertEquals(found?.reveal === undefined ? found : found.reveal(), value as unknown);
    assertEquals(diagnostics.filter(({ at }) => at?.line === 1).length, warnings);
  });
}

Deno.test("escapes: a repository that is written so is doubtful, unless that very folder is there", async () => {
  const doubtful = async (yaml: string) => [...(await read(yaml)).profile.doubtful];
  assertEquals(await doubtful("repository: 'My\\ Disk/repo'"), ["My Disk/repo"]);
  assertEquals(await doubtful("repository: 'sftp:host:My\\ Disk'"), ["sftp:host:My\\ Disk"]);
  assertEquals(await doubtful("repository: 'both\\ x'"), []);
  assertEquals(await doubtful("repository: 'My Disk/repo', exclude: 'a\\ b'"), []);
});

Deno.test("checkEscapes() names every path, source and tag with its line", async () => {
  const { profile } = await loadedProfile({
    yaml:
      "default:\n  repository: 'a\\ r'\n  tag: 'c\\ t'\n  copy:\n    repository: 'd\\ r'\n  backup:\n    source:\n      - x\n" +
      "      - 'e\\ s'\n    tag: [y, 'f\\ t']\n    exclude: 'g\\ x'\n    files-from: 'h\\ f'\n",
  });
  const lines = checkEscapes(profile, "linux").map((problem) => problem.at?.line);
  assertEquals(lines.sort((a, b) => a! - b!), [2, 3, 5, 9, 10, 12]);
  assertEquals(checkEscapes(profile, "windows"), []);
});

for (
  const [yaml, told, remarked, doubtful] of [
    ["repository: '~/b/$PROFILE_NAME'", 1, 0, ["/home/user/b/default"]],
    ["repository: '/b/${SUB}', env: {sub: x}", 1, 0, ["/b/x"]],
    ["repository: '/b/$HOME'", 0, 0, []],
    ["repository: '/b/$SAME', env: {same: ''}", 1, 0, []],
    ["repository: /b, password-file: '/k-$PROFILE_NAME'", 0, 1, ["/k-default"]],
    ["repository: /b, backup: {source: ['/$PROFILE_NAME']}", 0, 1, ["/default"]],
    ["repository: /b, copy: {repository: '/c/$PROFILE_NAME'}", 1, 0, ["/c/default"]],
  ] as const
) {
  Deno.test(`variables that the original does not know in paths: ${yaml}`, async () => {
    const { profile, diagnostics, remarks } = await read(yaml);
    assertEquals([diagnostics.length, remarks.length], [told, remarked]);
    assertEquals([...profile.doubtful], doubtful);
  });
}

Deno.test("both meanings of a repository are named, without its secrets", async () => {
  const { diagnostics } = await read("repository: '/b/$PROFILE_NAME/$MY_TOKEN', env: {my_token: s3cret}");
  const [problem = ""] = diagnostics.map(formatDiagnostic);
  assertStringIncludes(problem, 'is "/b/default/×××"');
  assertStringIncludes(problem, 'there it is "/b//"');
  assertEquals(problem.includes("s3cret"), false);
});
