import { assert, assertEquals } from "@std/assert";
import type { Value } from "../../../src/model/value.ts";
import { JSON_LANGUAGE } from "../../../src/config/formats/json.ts";
import { assertFaults, assertPlaces } from "../../support/formats.ts";

const VALUES: readonly (readonly [text: string, value: Value])[] = [
  ['"a"', "a"],
  ['"\\u00e9 \\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00"', 'é "\\/\b\f\n\r\t😀'],
  ["true", true],
  ["false", false],
  ["null", null],
  ["0", 0],
  ["-0", 0],
  ["-12", -12],
  ["2.0", 2],
  ["1e2", 100],
  ["1.5E-1", 0.15],
  ["1000000", 1000000],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", 9007199254740993n],
  ["-9223372036854775808", -9223372036854775808n],
  ["18446744073709551615", 18446744073709551615n],
  ["[]", []],
  ["[1, [2], {}]", [1, [2], {}]],
  ['{ "b" : { "c" : [ ] } }', { b: { c: [] } }],
  ['\r\n\t"a"\r\n', "a"],
];
for (const [text, value] of VALUES) {
  Deno.test(`JSON: ${JSON.stringify(text)} is read`, () => {
    assertEquals(JSON_LANGUAGE.parse(`{"a":${text}}`), { value: { a: value }, notes: [] });
  });
}

Deno.test("JSON: a key that is there twice counts the last time, with a note", () => {
  assertEquals(JSON_LANGUAGE.parse('{\n "a": 1,\n "b": 2, "a": 3 }'), {
    value: { a: 3, b: 2 },
    notes: [{
      message: 'Duplicate key "a": the last value is used',
      place: { line: 3, column: 10 },
    }],
  });
});

Deno.test("JSON: no key is special", () => {
  const { value } = JSON_LANGUAGE.parse('{"__proto__": {"x": 1}, "b": {}}');
  assertEquals(Object.keys(value), ["__proto__", "b"]);
  assertEquals((value["b"] as Record<string, Value>)["constructor"], undefined);
  assertEquals((value["b"] as Record<string, Value>)["x"], undefined);
});

assertFaults("JSON", JSON_LANGUAGE, [
  ["", 1, 1, "end of the file"],
  ["  \n", 2, 1, "end of the file"],
  ["[]", 1, 1, '"["'],
  ['"a"', 1, 1, "object"],
  ["{", 1, 2, "a key"],
  ["{a: 1}", 1, 2, "double quotes"],
  ["{'a': 1}", 1, 2, "double quotes"],
  ['{"a" 1}', 1, 6, '":"'],
  ['{"a": 1,}', 1, 8, "comma"],
  ['{"a": [1,\n]}', 1, 9, "comma"],
  ['{"a": 1 "b": 2}', 1, 9, '","'],
  ['{"a": 1} x', 1, 10, "nothing after"],
  ['{"a": 1}{}', 1, 9, "nothing after"],
  ['// c\n{"a": 1}', 1, 1, "comments"],
  ['{"a": 1 /* c */}', 1, 9, "comments"],
  ['{"a": 01}', 1, 8, '"1"'],
  ['{"a": 1.}', 1, 8, '"."'],
  ['{"a": .5}', 1, 7, "a value"],
  ['{"a": +1}', 1, 7, "a value"],
  ['{"a": NaN}', 1, 7, "a value"],
  ['{"a": True}', 1, 7, "double quotes"],
  ['{"a": truex}', 1, 11, '"x"'],
  ['{"a": local}', 1, 7, "double quotes"],
  ['{"a":\n  "b\n"}', 2, 3, "not closed"],
  ['{"a": "b', 1, 7, "not closed"],
  ['{"a": "\\q"}', 1, 8, "escape"],
  ['{"a": "it\\\'s"}', 1, 10, "escape"],
  ['{"a": "\\u00g0"}', 1, 8, "escape"],
  ['{"a": "\t"}', 1, 8, "control"],
  ['{"a": ', 1, 7, "end of the file"],
  [`{"a": ${"[".repeat(300)}`, 1, 206, "200 deep"],
]);

assertPlaces("JSON", JSON_LANGUAGE, '{\n  "a": { "b c": [1,\n    {"d": 2}] },\n  "a2": 0, "x": {"y": 1}\n}', [
  [["a"], 2, 3],
  [["a", "b c"], 2, 10],
  [["a", "b c", 0], 2, 18],
  [["a", "b c", 1], 3, 5],
  [["a", "b c", 1, "d"], 3, 6],
  [["a", "b c", 1, "no"], 3, 5], // the nearest parent
  [["a", "b c", 7, "d"], 2, 10],
  [["a", "no", "d"], 2, 3],
  [["x", 0, "y"], 4, 18], // a table where a list of tables is wanted
  [["x", 1, "y"], 4, 12],
  [["no"], undefined],
  [[], undefined],
]);

Deno.test("JSON: a long text and a long list do not exhaust the stack", () => {
  const text = `{"a": "${"é\\n".repeat(500_000)}", "b": [${"1, ".repeat(200_000)}1]}`;
  const { value } = JSON_LANGUAGE.parse(text);
  assertEquals((value["a"] as string).length, 1_000_000);
  assert(Array.isArray(value["b"]) && value["b"].length === 200_001);
});
