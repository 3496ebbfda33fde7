import { assert, assertEquals } from "@std/assert";
import { isTable, type Value } from "../../../src/model/value.ts";
import {
  type Format,
  formatOfExtension,
  type KeyPath,
  loadLanguage,
  SyntaxFault,
} from "../../../src/config/formats/format.ts";
import { mutate, randomOf } from "../../support/mutate.ts";

const MUTANTS = 2_000;
const CASES = new URL("../../conformance/cases/", import.meta.url);

/** The configurations of the conformance cases, by format. */
function configurations(): ReadonlyMap<Format, readonly string[]> {
  const files = ["config", "hooks", "templates"].flatMap((area) =>
    [...Deno.readDirSync(new URL(`${area}/`, CASES))].map(({ name }) => new URL(`${area}/${name}`, CASES))
  ).sort((a, b) => a.href < b.href ? -1 : 1);
  const sections = files.flatMap((file) => Deno.readTextFileSync(file).split(/^-- (?=.+ --$)/m).slice(1));
  const texts = sections.flatMap((section) => {
    const [, name = "", text = ""] = /^(.+) --\n([^]*)$/.exec(section) ?? [];
    const format = /^(case|expected)\.json$/.test(name) ? undefined : formatOfExtension(name);
    return format === undefined ? [] : [{ format, text: text.replaceAll(/\{\{HTTPS?(_\w+)?\}\}/g, "http://host") }];
  });
  const byFormat = Map.groupBy(texts, ({ format }) => format);
  return new Map([...byFormat].map(([format, found]) => [format, found.map(({ text }) => text)]));
}

/** Every key path of a value, those of tables and lists included. */
function* keyPaths(value: Value, path: KeyPath = []): Generator<KeyPath> {
  const steps = Array.isArray(value) ? value.keys() : isTable(value) ? Object.keys(value) : [];
  for (const step of steps) {
    yield [...path, step];
    yield* keyPaths((value as Record<string | number, Value>)[step] as Value, [...path, step]);
  }
}

for (const [format, texts] of configurations()) {
  Deno.test(`${MUTANTS} damaged ${format} configurations are read or refused, with places inside of the text`, async () => {
    const language = await loadLanguage(format);
    const random = randomOf(20_200_101);
    let refused = 0;
    for (let n = 0; n < MUTANTS; n++) {
      const text = mutate(texts[random(texts.length)] as string, random);
      const lines = text.split(/\r\n|\n|\r/);
      const assertInside = (place: { line: number; column: number } | undefined) => {
        const line = lines[(place?.line ?? 0) - 1];
        const column = place?.column ?? 0;
        assert(line !== undefined && column >= 1 && column <= line.length + 2, text); // CR LF belongs to its line
      };
      try {
        const { value } = language.parse(text);
        assertEquals(Object.getPrototypeOf(value), null);
        const find = language.index(text);
        for (const path of keyPaths(value)) assertInside(find(path));
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw new Error(JSON.stringify(text), { cause: error });
        assertInside(error.place);
        refused++;
      }
    }
    assert(refused > MUTANTS / 10 && refused < MUTANTS, `${refused} were refused`);
  });

  Deno.test(`all key paths of the ${format} configurations lead to the key itself`, async () => {
    const language = await loadLanguage(format);
    let seen = 0;
    for (const text of texts) {
      const value = valueOf(() => language.parse(text).value);
      if (value === undefined) continue; // a case of bad syntax, or a template
      const lines = text.split(/\r\n|\n|\r/);
      const find = language.index(text);
      for (const path of keyPaths(value)) {
        const place = find(path);
        const key = path.at(-1);
        if (typeof key === "number" || !/^[\w-]+$/.test(key as string)) continue;
        const rest = lines[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1) ?? "";
        assert(rest.replace(/^["']/, "").startsWith(key as string), `${path.join(".")} in ${text}`);
        seen++;
      }
    }
    assert(seen > 100);
  });
}

function valueOf(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined;
    throw error;
  }
}

Deno.test(`${MUTANTS} damaged JSON configurations are read as the engine reads them`, async () => {
  const language = await loadLanguage("json");
  const texts = configurations().get("json") ?? [];
  const random = randomOf(20_200_102);
  for (let n = 0; n < MUTANTS; n++) {
    const text = mutate(texts[random(texts.length)] as string, random);
    assertEquals(valueOf(() => language.parse(text).value), objectOf(text), text);
  }
});

/** What the engine reads; undefined for what is no object, too. */
function objectOf(text: string): Value | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return isTable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
