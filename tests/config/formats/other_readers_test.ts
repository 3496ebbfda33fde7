/**
 * The readers against Deno's own: every configuration of the conformance suite that both accept has the same values. Ours are stricter
 * (keys twice) and keep what those lose (places, dates as written, integers of 64 bits), which is why they are not used in the program.
 */

import { parse as parseToml } from "@std/toml";
import { parse as parseYaml } from "@std/yaml";
import { assertEquals } from "@std/assert";
import { type Format, loadLanguage } from "../../../src/config/formats/format.ts";
import { allCaseFiles } from "../../support/case_files.ts";

const OTHERS: readonly (readonly [format: Format, parse: (text: string) => unknown])[] = [
  ["toml", parseToml],
  ["yaml", parseYaml],
];

for (const [format, parse] of OTHERS) {
  Deno.test(`${format}: the same values as @std/${format} in all configurations that both accept`, async () => {
    const { parse: ours } = await loadLanguage(format);
    const texts = allCaseFiles().flatMap(({ name, files, configurations }) =>
      configurations.filter((file) => file.format === format).map(({ path }) => ({
        name: `${name}: ${path}`,
        text: files[path]!,
      }))
    ).filter(({ text }) => !text.includes("{{"));
    let compared = 0;
    for (const { name, text } of texts) {
      const [mine, other] = [attempt(() => ours(text).value), attempt(() => parse(text) ?? {})];
      if (mine === undefined || other === undefined) continue;
      assertEquals(comparable(mine), comparable(other), name);
      compared++;
    }
    assertEquals(compared > texts.length * 0.9, true, `only ${compared} of ${texts.length} were compared`);
  });
}

function attempt(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

/** Plain tables without dates (which ours keep as text) and with all numbers of one kind. */
function comparable(value: unknown): unknown {
  if (value instanceof Date || (typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value))) return "date";
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
}
