/** Variables whose bytes are not UTF-8, as terminals and NAS boxes of old have them: Deno does not show them, children need them. */
import { assertEquals } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

const LATIN_1 = ["sh", "-c", `PASS=$(printf 'p\\344ss') ERROR_STDERR=$(printf 'old\\344') exec "$@"`, "sh"];
const HEX = `printf %s "$PASS" | od -An -tx1`;

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
