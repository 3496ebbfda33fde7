/** Bytes that are not UTF-8, as terminals and NAS boxes of old have them in variables and names: Deno does not show them, children need them. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

const LATIN_1 = ["sh", "-c", `PASS=$(printf 'p\\344ss') ERROR_STDERR=$(printf 'old\\344') exec "$@"`, "sh"];
const HEX = `printf %s "$PASS" | od -An -tx1`;

Deno.test("a source that matches a name which is not UTF-8 is an error that names the folder", async () => {
  using folder = makeFolder({
    "profiles.toml": '[default]\nrepository = "r"\npassword-file = "key"\n[default.backup]\nsource = "src/*"\n',
    "src/docs/a": "",
    "key": "x",
    "bin/restic": "#!/bin/sh\necho restic 0.18.0 compiled with go1.24\n",
  });
  const made = new Deno.Command("sh", { args: ["-c", `mkdir "$(printf '${folder.path}/src/lat\\351in')"`] });
  assertEquals(made.outputSync().success, true);
  const { code, stdout, stderr } = await runTool(folder, ["backup"]);
  assertEquals(code, 1);
  assertStringIncludes(stdout + stderr, `A name in "${folder.path}/src" is not UTF-8`);
});

Deno.test("variables that are not UTF-8 reach restic and hooks byte for byte", async () => {
  using folder = makeFolder({
    "profiles.toml": `
[default]
run-before = '''${HEX} > hook; env > hook.env'''
[default.env]
removed = ""
[default.backup]
source = "/bin"
`,
  });
  standInRestic(folder, { backup: { run: `${HEX} > restic.hex` } });
  const { code, stderr } = await runTool(folder, ["backup"], { through: LATIN_1, env: { REMOVED: "x" } });
  assertEquals([code, stderr], [0, ""]);
  assertEquals([folder.read("hook")?.trim(), folder.read("restic.hex")?.trim()], ["70 e4 73 73", "70 e4 73 73"]);
  const names = (folder.read("hook.env") ?? "").split("\n").map((line) => line.split("=")[0]);
  assertEquals(names.filter((name) => /^(?:REMOVED|ERROR_STDERR|DENO_TLS_CA_STORE)$/.test(name ?? "")), []);
});
