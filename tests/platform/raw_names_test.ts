import { assertEquals } from "@std/assert";
import { entriesWithoutText } from "../../src/platform/raw_names.ts";
import { makeFolder } from "../support/folder.ts";

Deno.test("entriesWithoutText() finds what has bytes in its name that are not UTF-8, and nothing else", () => {
  using folder = makeFolder({ "plain": "", "ö/ß": "", "\ufffd": "" });
  const script =
    `cd "$1" && mkdir "$(printf 'lat\\351in')" && touch "$(printf '\\377')" && ln -s x "$(printf 'a\\200')"`;
  assertEquals(new Deno.Command("sh", { args: ["-c", script, "sh", folder.path] }).outputSync().success, true);
  assertEquals(entriesWithoutText(folder.path).sort((a, b) => a.name < b.name ? -1 : 1), [
    { name: "a\ufffd", kind: "link" },
    { name: "lat\ufffdin", kind: "directory" },
    { name: "\ufffd", kind: "file" },
  ]);
});

Deno.test("entriesWithoutText() of a folder that is missing is empty", () => {
  assertEquals(entriesWithoutText("/none/at all"), []);
});
