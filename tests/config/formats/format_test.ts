import { assertEquals } from "@std/assert";
import { type Format, formatOfExtension, formatOfName, loadLanguage } from "../../../src/config/formats/format.ts";

const EXTENSIONS: readonly (readonly [path: string, format: Format | undefined])[] = [
  ["profiles.toml", "toml"],
  ["profiles.conf", "toml"],
  ["profiles.yaml", "yaml"],
  ["profiles.yml", "yaml"],
  ["profiles.json", "json"],
  ["profiles.hcl", "hcl"],
  ["/etc/Profiles.HCL", "hcl"],
  ["profiles.Conf", "toml"],
  ["a.toml/profiles", undefined],
  ["a.toml\\profiles", undefined],
  ["profiles.prod.yml", "yaml"],
  ["profiles", undefined],
  ["profiles.", undefined],
  ["profiles.toml~", undefined],
  ["profiles.cfg", undefined],
];
for (const [path, format] of EXTENSIONS) {
  Deno.test(`formatOfExtension("${path}") is ${format}`, () => assertEquals(formatOfExtension(path), format));
}

for (
  const [word, format] of [["toml", "toml"], ["conf", "toml"], ["YAML", "yaml"], ["yml", "yaml"], ["Json", "json"]]
) {
  Deno.test(`formatOfName("${word}") is ${format}`, () => assertEquals(formatOfName(word as string), format));
}
for (const word of ["", "foo", ".toml", "constructor"]) {
  Deno.test(`formatOfName() does not know "${word}"`, () => assertEquals(formatOfName(word), undefined));
}

for (const [format, text] of [["toml", "a = 1"], ["yaml", "a: 1"], ["json", '{"a": 1}'], ["hcl", "a = 1"]] as const) {
  Deno.test(`loadLanguage() loads the reader of ${format}`, async () => {
    const language = await loadLanguage(format);
    assertEquals(language.parse(text), { value: { a: 1 }, notes: [] });
  });
}
