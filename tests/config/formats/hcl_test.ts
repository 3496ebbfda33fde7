import { assert, assertEquals, assertFalse } from "@std/assert";
import type { Table, Value } from "../../../src/model/value.ts";
import { isBlocks } from "../../../src/config/formats/blocks.ts";
import { HCL } from "../../../src/config/formats/hcl.ts";
import { assertFaults, assertPlaces } from "../../support/formats.ts";

const VALUES: readonly (readonly [text: string, value: Value])[] = [
  // texts
  ['""', ""],
  ['"a # b // c /* d */"', "a # b // c /* d */"],
  ['"\\a\\b\\f\\n\\r\\t\\v\\\\\\""', '\x07\b\f\n\r\t\v\\"'],
  ['"\\101\\x41\\u00e9\\U0001F600"', "AAé😀"],
  ['"\\xc3\\xa9 \\303\\251 \\xe9"', "é é é"],
  ['"$HOME $ ${HOME} $$ %{x}"', "$HOME $ ${HOME} $$ %{x}"],
  ['"${A:-"b \\" {c}\n"}d"', '${A:-"b \\" {c}\n"}d'],
  // heredocs
  ['<<EOT\na \\n "b" ${C}\n  d\nEOT\n', 'a \\n "b" ${C}\n  d\n'],
  ["<<EOT\na\n   EOT\n", "a\n"],
  ["<<EOT\nEOT\n", ""],
  ["<<EOT\n\nEOT EOT\nEOTX\nEOT", "\nEOT EOT\nEOTX\n"],
  ["<<EOT\r\na\r\nb\r\nEOT\r\n", "a\nb\n"],
  ["<<-EOT\n    a\n      b\n    EOT\n", "a\n  b\n"],
  ["<<-EOT\n    a\n  b\n    EOT\n", "    a\n  b\n"],
  ["<<-EOT\n  a\nEOT\n", "  a\n"],
  ["<<-EOT\n\ta\n\tEOT\n", "a\n"],
  // numbers and booleans
  ["true", true],
  ["false", false],
  ["0", 0],
  ["-1", -1],
  ["0x10", 16],
  ["0XfF", 255],
  ["-0x10", -16],
  ["010", 8],
  ["-010", -8],
  ["1.5", 1.5],
  [".5", 0.5],
  ["1e3", 1000],
  ["-1.5E-1", -0.15],
  ["9007199254740993", 9007199254740993n],
  ["0x7fffffffffffffff", 9223372036854775807n],
  // lists and objects
  ["[]", []],
  ['[ 1, "a", true, ]', [1, "a", true]],
  ["[ # c\n 1 // d\n , /* e\n */ [2], ]", [1, [2]]],
  ["[{ b = 1 }, { b = 2, c = 3 }]", [{ b: 1 }, { b: 2, c: 3 }]],
  ["[<<A\nb\nA\n, <<-B\n  c\n  B\n]", ["b\n", "c\n"]],
  ["{}", {}],
  ["{ b = 1, c = 2 d = 3\ne { f = 4 } }", { b: 1, c: 2, d: 3, e: { f: 4 } }],
];
for (const [text, value] of VALUES) {
  Deno.test(`HCL: ${JSON.stringify(text)} is read`, () => {
    assertEquals(HCL.parse(`a = ${text}`), { value: { a: value }, notes: [] });
  });
}

const DOCUMENTS: readonly (readonly [what: string, text: string, value: Table])[] = [
  ["nothing", "", {}],
  ["comments", "# a\n// b\n/* c\nd */", {}],
  ["comments between all tokens", "/*1*/a/*2*/=/*3*/[/*4*/1/*5*/,/*6*/2/*7*/]/*8*/", { a: [1, 2] }],
  ["keys of all kinds", 'a-b_1.c = 1 _d = 2 é = 3 "e f" = 4 "true" = 5 "\\u0041" = 6', {
    "a-b_1.c": 1,
    _d: 2,
    é: 3,
    "e f": 4,
    true: 5,
    A: 6,
  }],
  ["blocks with and without =", 'a { b = 1 }\nc = { d = 2 }\n"e" { }\n"f" = { }', {
    a: { b: 1 },
    c: { d: 2 },
    e: {},
    f: {},
  }],
  ["a bracket on the next line", "a\n{\nb\n=\n1\n}", { a: { b: 1 } }],
  ["labels", 'a "b" "c d" { x = 1 }\ne f { y = 2 }', { a: { b: { "c d": { x: 1 } } }, e: { f: { y: 2 } } }],
  ["commas between items", "a = 1, b { c = 2, }, d = 3,", { a: 1, b: { c: 2 }, d: 3 }],
  ["CR LF", "a = 1\r\nb {\r\n}\r\n", { a: 1, b: {} }],
  ["the last of several single values", "a = 1\na = true\na = [2]\n", { a: [2] }],
  ["the last of several single values, whatever stands between", "a = 1\nb = 2\na = 3", { a: 3, b: 2 }],
  ["lists of one name, joined", "a = [1]\na = [2, 3]\n", { a: [1, 2, 3] }],
  ["a list and a block of one name, joined", "a = [{ b = 1 }]\na { b = 2 }", { a: [{ b: 1 }, { b: 2 }] }],
  ["blocks and a list of one name, joined", "a { b = 1 }\na { b = 2 }\na = [{ b = 3 }]", {
    a: [{ b: 1 }, { b: 2 }, { b: 3 }],
  }],
  [
    "special names",
    "__proto__ { a = 1 }\nconstructor = 2",
    Object.fromEntries<Value>([
      ["__proto__", { a: 1 }],
      ["constructor", 2],
    ]),
  ],
];
for (const [what, text, value] of DOCUMENTS) {
  Deno.test(`HCL: ${what}`, () => assertEquals(JSON.stringify(HCL.parse(text).value), JSON.stringify(value)));
}

const BLOCKS: readonly (readonly [what: string, text: string, blocks: readonly Table[] | undefined])[] = [
  ["a block alone", "a { b = 1 }", undefined],
  ["repeated blocks", "a { b = 1 }\na = { c = 2 }\na { d = 3 }", [{ b: 1 }, { c: 2 }, { d: 3 }]],
  ["labelled blocks", 'a "b" { x = 1 }\na "c" { y = 2 }', [{ b: { x: 1 } }, { c: { y: 2 } }]],
  ["plain and labelled blocks", 'a { x = 1 }\na "c" { y = 2 }', [{ x: 1 }, { c: { y: 2 } }]],
  ["a list of objects", "a = [{ b = 1 }, { b = 2 }]", undefined],
  ["a list and a block", "a = [{ b = 1 }]\na { b = 2 }", undefined],
];
for (const [what, text, blocks] of BLOCKS) {
  Deno.test(`HCL: ${what} is ${blocks ? "" : "not "}marked as blocks`, () => {
    const { a } = HCL.parse(text).value;
    if (blocks === undefined) return assertFalse(isBlocks(a));
    assert(isBlocks(a));
    assertEquals(a, blocks);
  });
}

for (const text of ['{"a": [1, {"b": 2}]}', ' \n{"a": [1, {"b": 2}]}']) {
  Deno.test(`HCL: ${JSON.stringify(text)} is read as JSON`, () => {
    assertEquals(HCL.parse(text), { value: { a: [1, { b: 2 }] }, notes: [] });
    assertEquals(HCL.index(text)(["a", 1, "b"])?.line, text.split("\n").length);
  });
}

assertFaults("HCL", HCL, [
  ['good {\n  repository = "a"', 1, 6, "not closed"],
  ["good {\n  repository = local\n}", 2, 16, "double quotes"],
  ["}", 1, 1, "a key"],
  ["a = 1 }", 1, 7, "a key"],
  ["a", 1, 2, '"=" or "{"'],
  ["a 1", 1, 3, '"=" or "{"'],
  ['a "b" = 1', 1, 7, '"{"'],
  ["a = ", 1, 5, "end of the file"],
  ["a = null", 1, 5, "a value"],
  ["a = truex", 1, 5, "a value"],
  ["true = 1", 1, 1, "cannot be a key"],
  ["1 = 1", 1, 1, "a key"],
  ["a = 1,, b = 2", 1, 7, "a key"],
  ["a = [1 2]", 1, 8, '","'],
  ["a = [,]", 1, 6, "a value"],
  ["a = [1", 1, 7, '","'],
  ["a = 08", 1, 5, "octal"],
  ["a = 1x", 1, 5, "not a number"],
  ["a = 1.2.3", 1, 5, "not a number"],
  ["a = 0x", 1, 5, "not a number"],
  ["a = -", 1, 5, "a value"],
  ['a = "b', 1, 5, "not closed"],
  ['a = "b\nc"', 1, 5, "not closed"],
  ['a = "b\\', 1, 7, "escape"],
  ['a = "b ${c"', 1, 8, "not closed"],
  ['a = "\\q"', 1, 6, "escape"],
  ['a = "\\9"', 1, 6, "escape"],
  ['a = "\\ud800"', 1, 6, "no character"],
  ["a = 'b'", 1, 5, "double quotes"],
  ["a = <<EOT\nb\n", 1, 5, '"EOT" is missing'],
  ["a = <<EOT b\nEOT\n", 1, 5, '"<<"'],
  ["a = <<\nb", 1, 5, '"<<"'],
  ["a = <b", 1, 5, "a value"],
  ["/* a\nb", 1, 1, "not closed"],
  ["a = 1\n  /*", 2, 3, "not closed"],
  ["a / b", 1, 3, '"="'],
  ["a = [1]\na = 2", 2, 1, 'The key "a" has both'],
  ["a { }\na = 2", 2, 1, "single value"],
  ["a = 2\na { }", 2, 1, "single value"],
  ["a = 2\na = [1]\na { }", 3, 1, "single value"],
  [`a ${"b ".repeat(300)}`, 1, 404, "200 labels"],
  ['{"a": 1,}', 1, 8, "comma"],
  [`a = ${"[".repeat(300)}`, 1, 205, "200 deep"],
  ["a {".repeat(300), 1, 604, "200 deep"],
]);

assertPlaces(
  "HCL",
  HCL,
  'p {\n  k = 1\n  "l m" = [1, {x = 2}]\n  b "c" { y = 1 }\n  s { u = 1 }\n  s { u = 2, v = 3 }\n}\np { k = 2\n  b { d { z = 1 } }\n  "l m" = [3] }\nq = [{e = 1}]\nq { e = 2 }',
  [
    [["p"], 1, 1],
    [["p", "k"], 8, 5], // of repeated blocks, the last value counts
    [["p", "l m"], 10, 3],
    [["p", "l m", 0], 10, 12],
    [["p", "b", "c"], 4, 5],
    [["p", "b", "c", "y"], 4, 11],
    [["p", "b", "d", "z"], 9, 11],
    [["p", "s", 0, "u"], 5, 7],
    [["p", "s", 1, "u"], 6, 7],
    [["p", "s", "v"], 6, 14],
    [["p", 0, "k"], 2, 3],
    [["q", 0, "e"], 11, 7],
    [["q", 1, "e"], 12, 5],
    [["p", "b", "no"], 9, 3],
    [["no"], undefined],
  ],
);
