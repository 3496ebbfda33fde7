import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { Table, Value } from "../../../src/model/value.ts";
import { SyntaxFault } from "../../../src/config/formats/format.ts";
import { YAML } from "../../../src/config/formats/yaml.ts";
import { assertFaults, assertPlaces } from "../../support/formats.ts";

const SCALARS: readonly (readonly [text: string, value: Value])[] = [
  ...["true", "True", "TRUE"].map((text) => [text, true] as const),
  ...["false", "False", "FALSE"].map((text) => [text, false] as const),
  ...["yes", "Yes", "no", "on", "off", "Off", "y", "n", "tRUE", "nULL"].map((text) => [text, text] as const),
  ...["~", "null", "Null", "NULL", ""].map((text) => [text, null] as const),
  ["12", 12],
  ["-3", -3],
  ["+3", 3],
  ["1_000", 1000],
  ["0x1F", 31],
  ["-0x1f", -31],
  ["0b1", 1],
  ["0o10", 8],
  ["010", 8],
  ["0", 0],
  ["9007199254740993", 9007199254740993n],
  ["-9223372036854775808", -9223372036854775808n],
  ["0xffffffffffffffff", 18446744073709551615n],
  ["1.50", 1.5],
  [".5", 0.5],
  ["-.5", -0.5],
  ["1e3", 1000],
  ["1.5E-1", 0.15],
  ["1_000.5", 1000.5],
  [".inf", Infinity],
  ["-.Inf", -Infinity],
  [".nan", NaN],
  ["2020-01-01", "2020-01-01"],
  ["2020-01-01T10:00:00Z", "2020-01-01T10:00:00Z"],
  ["2020-01-01 10:00:00", "2020-01-01 10:00:00"],
  ["12:30", "12:30"],
  ["190:20:30", "190:20:30"],
  ["5%", "5%"],
  ["7d", "7d"],
  ["08", "08"],
  ["0x", "0x"],
  ["1_", "1_"],
  ["_1", "_1"],
  ["1.2.3", "1.2.3"],
];
for (const [text, value] of SCALARS) {
  Deno.test(`YAML: ${text || "nothing"} without quotes is read`, () => {
    assertEquals(YAML.parse(`a: ${text}\nb: [${text || "~"}]`), { value: { a: value, b: [value] }, notes: [] });
  });
  Deno.test(`YAML: "${text}" in quotes is text`, () => {
    assertEquals(YAML.parse(`a: "${text}"\nb: '${text}'\nc: !!str ${text}`).value, { a: text, b: text, c: text });
  });
}

const DOCUMENTS: readonly (readonly [what: string, text: string, value: Table])[] = [
  ["nothing", "", {}],
  ["comments only", "# a\n  # b\n", {}],
  ["an empty document", "---\n", {}],
  ["null at the top", "~", {}],
  ["a document start", "# c\n---\na: 1\n", { a: 1 }],
  ["a %YAML directive", "%YAML 1.2\n---\na: 1\n", { a: 1 }],
  ["an end mark with nothing after it", "a: 1\n...\n# c\n", { a: 1 }],
  ["CR LF", "a:\r\n  - b\r\n  - c\r\n", { a: ["b", "c"] }],
  ["CR", "a:\r  - b\r  - c\r", { a: ["b", "c"] }],
  ["flow style", '{a: [1, "b", {c: d}], "e": {}}', { a: [1, "b", { c: "d" }], e: {} }],
  ["lists at the indentation of their key", "a:\n- 1\n-\n- b: 2\n  c: 3\n", { a: [1, null, { b: 2, c: 3 }] }],
  ["block text", "a: |\n  b\n   c\n\nd: >-\n  e\n  f\n\n  g\nh: |2-\n   i\nj: |+\n  k\n\n", {
    a: "b\n c\n",
    d: "e f\ng",
    h: " i",
    j: "k\n\n",
  }],
  ["quotes", "a: 'it''s'\nb: \"\\u00e9\\t\\x41\\\n  c\"\nd: \"e\n  f\"", { a: "it's", b: "é\tAc", d: "e f" }],
  ["apostrophes as the function js writes them", "a: \"it\\'s \\\\'x\\'\"\nb: 'x\\'\nc: it\\'s\nd: |\n  \"it\\'s\"\n", {
    a: "it's \\'x'",
    b: "x\\",
    c: "it\\'s",
    d: '"it\\\'s"\n',
  }],
  ["such apostrophes beside single quotes that hold some", "a: \"\\'\"\nb: ['\\''', '\\']\nc: \"\\'\\'\"", {
    a: "'",
    b: ["\\'", "\\"],
    c: "''",
  }],
  ["anchors and aliases", "a: &x [1]\nb: *x\nc: &y d\n*y : e", { a: [1], b: [1], c: "d", d: "e" }],
  ["a later anchor of the same name", "a: &x 1\nb: &x 2\nc: *x", { a: 1, b: 2, c: 2 }],
  ["a merge key", "a: &a {x: 1, y: 2}\nb:\n  y: 3\n  <<: *a", { a: { x: 1, y: 2 }, b: { y: 3, x: 1 } }],
  ["a list of merges", "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b], z: 3}", {
    a: { x: 1 },
    b: { x: 2, y: 2 },
    c: { z: 3, x: 1, y: 2 },
  }],
  ["a merge of a merge", "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}", {
    a: { x: 1 },
    b: { y: 2, x: 1 },
    c: { y: 2, x: 1 },
  }],
  ["<< in quotes", "'<<': 1", { "<<": 1 }],
  ["keys that are no text", "0x10: a\n1.50: b\ntrue: c\n~: d\n2020-01-01: e\n1_000: f", {
    "16": "a",
    "1000": "f",
    "1.5": "b",
    "true": "c",
    "~": "d",
    "2020-01-01": "e",
  }],
  ["complex keys", "? a b\n: 1\n? |\n  c\n: 2\n? d", { "a b": 1, "c\n": 2, d: null }],
  ["tags", "a: !!int '3'\nb: !!float 3\nc: !!bool true\nd: !!null ~\ne: !!map {}\nf: !!seq []\ng: !own 010\nh: ! 12", {
    a: 3,
    b: 3,
    c: true,
    d: null,
    e: {},
    f: [],
    g: "010",
    h: "12",
  }],
  [
    "special names",
    "__proto__: {a: 1}\nconstructor: 2\nb: {<<: {__proto__: 3}}",
    Object.fromEntries<Value>([
      ["__proto__", { a: 1 }],
      ["constructor", 2],
      ["b", Object.fromEntries([["__proto__", 3]])],
    ]),
  ],
];
for (const [what, text, value] of DOCUMENTS) {
  Deno.test(`YAML: ${what}`, () => {
    const parsed = YAML.parse(text);
    assertEquals(JSON.stringify(parsed.value), JSON.stringify(value));
    assertEquals(parsed.notes, []);
  });
}

for (const rest of ["---\nb: 2\n", "...\n---\nb: 2", "--- # c\nb: [", "---\n\tno YAML: at: all"]) {
  Deno.test(`YAML: the first document counts, and ${JSON.stringify(rest)} is noted`, () => {
    assertEquals(YAML.parse(`a: 1\n${rest}`), {
      value: { a: 1 },
      notes: [{
        message: "A second YAML document begins here: only the first one counts",
        place: { line: 2, column: 1 },
      }],
    });
  });
}

assertFaults("YAML", YAML, [
  ["good:\n  repository: a\n bad: b", 3, 2, "indented neither"],
  ["a:\n  - 1\n - 2\n", 3, 2, "indented neither"],
  ["a:\n  b: 1\n   c: 2", 3, 5, "too far"],
  ["good:\n\trepository: a", 2, 1, "Tabs"],
  ["a: |\n\tb", 2, 1, "Tabs"],
  ["a:\n  b: 1\n  b: 2", 3, 3, 'Duplicate key "b" in one mapping (first on line 2)'],
  ["a: {b: 1, b: 2}", 1, 11, "Duplicate"],
  ["1: a\n'1': b", 2, 1, "Duplicate"],
  ["- good", 1, 1, "not a list"],
  ["# c\n---\njust text", 3, 1, "not a single value"],
  ["a: 'b\nc: d", 2, 1, "not closed"],
  ['a:\n  b: "c\n', 3, 1, "not closed"],
  ["a: [1, 2\nb: 3", 2, 1, "not closed"],
  ["{a: 1", 1, 6, "not closed"],
  ["a: [1]]", 1, 7, "rest of this line"],
  ["a: ['1' '2']", 1, 9, '","'],
  ["a: [,]", 1, 5, "value is missing"],
  ["a: b: c", 1, 5, '": "'],
  ["a: @b", 1, 4, 'cannot start with "@"'],
  ["a: - b", 1, 4, "A list cannot start"],
  ["a: 'b' c", 1, 8, "rest of this line"],
  ["a: 1\nb\n", 2, 2, '":" is missing'],
  ["a\nb: 1", 2, 2, "belongs to nothing"],
  ['a: "\\q"', 1, 6, "escape"],
  ['a: "\\u00g0"', 1, 9, "hexadecimal"],
  ["a: *b", 1, 4, "no anchor"],
  ["a: &b\n  c: *b", 2, 6, "contain itself"],
  ["a: &b [*b]", 1, 8, "contain itself"],
  ["<<: 1", 1, 1, "merged"],
  ["a: {<<: [1]}", 1, 5, "merged"],
  ["? [a]\n: 1", 1, 3, "cannot be a key"],
  ["{a: 1}: b", 1, 1, "cannot be a key"],
  ["a: !!int b", 1, 4, "!!int"],
  ["a: !password", 1, 4, "tag without a value"],
  ["a: !pass,word", 1, 14, 'starts with "!"'],
  ["a: !x!pass", 1, 11, 'starts with "!"'],
  ["a: *", 1, 5, 'cannot start with "*"'],
  ["a: !!bool yes", 1, 4, "!!bool"],
  ["%YAML 2.0\n---\na: 1", 2, 1, "1.2"],
  ["a: \u0001", 1, 4, "control"],
  ["a: \0", 1, 4, "NUL"],
  [`a: ${"[".repeat(300)}`, 1, 203, "200 deep"],
]);

Deno.test("YAML: aliases of aliases are counted, not expanded", () => {
  const lines = Array.from({ length: 30 }, (_, n) => `a${n}: &a${n} [${n === 0 ? 1 : `*a${n - 1}, *a${n - 1}`}]`);
  const fault = assertThrows(() => YAML.parse(lines.join("\n")), SyntaxFault);
  assertStringIncludes(fault.message, "all aliases together");
});

assertPlaces(
  "YAML",
  YAML,
  'x: &x\n  y: 1 # c\np:\n  <<: *x\n  "a b": [1, {c: 2},\n    *x]\n  l:\n  - d: 1\n    e: |\n      text\n  -\n    - f\n  ? g\n  : h\n  3: &n i\n',
  [
    [["x"], 1, 1],
    [["x", "y"], 2, 3],
    [["p"], 3, 1],
    [["p", "y"], 2, 3], // a merged key stands where it was written
    [["p", "a b"], 5, 3],
    [["p", "a b", 0], 5, 11],
    [["p", "a b", 1], 5, 14],
    [["p", "a b", 1, "c"], 5, 15],
    [["p", "a b", 2], 6, 5],
    [["p", "a b", 2, "y"], 2, 3],
    [["p", "l"], 7, 3],
    [["p", "l", 0], 8, 5],
    [["p", "l", 0, "d"], 8, 5],
    [["p", "l", 0, "e"], 9, 5],
    [["p", "l", 1, 0], 12, 7],
    [["p", "g"], 13, 5],
    [["p", "3"], 15, 3],
    [["p", "l", 0, "no"], 8, 5],
    [["no"], undefined],
  ],
);
