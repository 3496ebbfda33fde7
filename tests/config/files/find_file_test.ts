import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { findConfiguration } from "../../../src/config/files/find_file.ts";
import { ConfigError } from "../../../src/model/diagnostic.ts";
import type { OperatingSystem } from "../../../src/platform/world.ts";
import { fakeWorld } from "../../support/fake_world.ts";

function find(
  files: readonly string[],
  name = "profiles",
  env: Record<string, string> = {},
  os: OperatingSystem = "linux",
) {
  const world = fakeWorld({ files: Object.fromEntries(files.map((path) => [path, ""])), env, os });
  return (format?: string) => findConfiguration(world, { name, format });
}

const CASES = [
  ["the current folder", ["/work/profiles.yaml"], "profiles", {}, "profiles.yaml"],
  [
    "the extension counts before the place",
    ["/work/profiles.yaml", "/home/user/profiles.conf"],
    "profiles",
    {},
    "/home/user/profiles.conf",
  ],
  [
    "a name with folders, below each place",
    ["/etc/restic/jobs/daily.toml"],
    "jobs/daily",
    {},
    "/etc/restic/jobs/daily.toml",
  ],
  [
    "the user's folder",
    ["/home/user/.config/resticprofile/profiles.toml"],
    "profiles",
    {},
    "/home/user/.config/resticprofile/profiles.toml",
  ],
  [
    "XDG_CONFIG_DIRS in its order",
    ["/b/resticprofile/p.toml"],
    "p.toml",
    { XDG_CONFIG_DIRS: "rel:/a:/b" },
    "/b/resticprofile/p.toml",
  ],
  [
    "an XDG value that is not absolute is ignored",
    ["/etc/xdg/resticprofile/p.toml"],
    "p",
    { XDG_CONFIG_DIRS: "rel" },
    "/etc/xdg/resticprofile/p.toml",
  ],
  ["a folder of that name is none", ["/work/p.toml/", "/etc/p.toml"], "p.toml", {}, "/etc/p.toml"],
] as const;

for (const [name, files, wanted, env, path] of CASES) {
  Deno.test(`finds the configuration: ${name}`, () => assertEquals(find(files, wanted, env)().path, path));
}

Deno.test("folders that this user may not look into are passed over, and told when nothing is found", () => {
  const world = (files: Record<string, string>) => {
    const shut = fakeWorld({ files: { "/home/user/": "", ...files } });
    shut.files.chmod("/home/user", 0);
    return shut;
  };
  const wanted = { name: "profiles", format: undefined };
  assertEquals(findConfiguration(world({ "/etc/profiles.yaml": "" }), wanted).path, "/etc/profiles.yaml");
  const { message } = assertThrows(() => findConfiguration(world({}), wanted), ConfigError);
  assertEquals(message.match(/Cannot access .*/g), [
    'Cannot access "/home/user/.config/resticprofile": permission denied',
    'Cannot access "/home/user": permission denied',
  ]);
});

Deno.test("a folder in the place of the configuration is told", () => {
  assertStringIncludes(assertThrows(find(["/work/p.toml/"], "p.toml"), ConfigError).message, '"p.toml" is a folder');
});

Deno.test("finds the configuration in the Library of a Mac", () => {
  const path = "/home/user/Library/Application Support/resticprofile/profiles.toml";
  assertEquals(find([path], "profiles", {}, "darwin")().path, path);
});

Deno.test("with a format, a file without extension is accepted as named", () => {
  assertEquals(find(["/work/conf"], "conf")("YAML"), { path: "conf", format: "yaml", isPipe: false });
});

Deno.test("an absolute name is not looked for below other folders", () => {
  assertThrows(() => find(["/etc/work/p.toml"], "/work/p.toml")(), ConfigError);
});

Deno.test("an unknown extension needs --format, an unknown format is refused", () => {
  assertStringIncludes(assertThrows(find(["/work/p.cfg"], "p.cfg"), ConfigError).message, "--format");
  assertEquals(find(["/work/p.cfg"], "p.cfg")("toml").format, "toml");
  assertStringIncludes(assertThrows(() => find(["/work/p.toml"], "p.toml")("foo"), ConfigError).message, '"foo"');
  assertEquals(find(["/work/P.Conf"], "P.Conf")().format, "toml");
});

Deno.test("nothing found: the name, the extensions and the places are told", () => {
  const { message } = assertThrows(find([]), ConfigError);
  for (const fact of ['"profiles"', ".conf, .yaml", "/home/user/.config/resticprofile", "/work"]) {
    assertStringIncludes(message, fact);
  }
});
