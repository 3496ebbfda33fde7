import { assert, assertEquals, assertThrows } from "@std/assert";
import { compileRegExp } from "../../../src/template/functions/regexp.ts";
import { seededRandom } from "../seeded_random.ts";

function found(pattern: string, text: string): string[] {
  return [...compileRegExp(pattern).matches(text)].map(([from, to]) => text.slice(from, to));
}

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ["foo|foobar", "foobar", ["foo"]],
  ["a{2,3}", "aaaaa", ["aaa", "aa"]],
  ["a{2,3}?", "aaaa", ["aa", "aa"]],
  ["a{,2}", "a{,2}", ["a{,2}"]],
  ["(?:)", "ab", ["", "", ""]],
  ["a*", "baac", ["", "aa", ""]],
  ["(|a)+", "aa", ["", "", ""]],
  ["(?i)straße|ſ", "STRASSE STRAßE", ["S", "S", "S", "STRAßE"]],
  ["(?i)[^a-z]+", "aB1C2d", ["1", "2"]],
  ["(?i)k", "kK\u212a", ["k", "K", "\u212a"]],
  ["(?s).+", "a\nb", ["a\nb"]],
  [".+", "a\r\u2028b\nc", ["a\r\u2028b", "c"]],
  ["(?m)^.$", "a\nb\nc", ["a", "b", "c"]],
  ["(?U)a+b??", "aab", ["a", "ab"]],
  ["(?i:A)b", "ab aB AB Ab", ["ab", "Ab"]],
  ["(?i)a(?-i)b", "Ab AB", ["Ab"]],
  ["\\bé?\\w+\\b", "été x", ["t", "x"]],
  ["\\B.", "ab", ["b"]],
  ["[[:upper:]_]+|[[:^alnum:]]", "AB_c-1", ["AB_", "-"]],
  ["[]a]+", "]a[", ["]a"]],
  ["[a\\-z]+|[+-]", "a-z+", ["a-z", "+"]],
  ["\\Qa.b\\E+|\\Q\\E\\x{e9}|\\x41|\\101", "a.bbéAA", ["a.bb", "é", "A", "A"]],
  ["\\pL+|\\p{Nd}|\\P{^Greek}", "aé1α", ["aé", "1", "α"]],
  ["\\p{^L}", "a1", ["1"]],
  [".", "😀é", ["😀", "é"]],
  ["\\a|\\t|\\v|\\.", "\x07\t\v.", ["\x07", "\t", "\v", "."]],
  ["\\s+", " \t\n\f\r\v\u00a0", [" \t\n\f\r"]],
  ["^$|\\A\\z", "", [""]],
  ["\\ \\_\\-", " _-", [" _-"]],
  ["a(?)b(?i)*", "abbB", ["abb"]],
  ["\\p{Lu}\\p{Ll}|\\p{Greek}", "Ab1αK", ["Ab", "α"]],
  ["(a{100}){10}", "a".repeat(1000), ["a".repeat(1000)]],
];
for (const [pattern, text, expected] of CASES) {
  Deno.test(`matches of ${JSON.stringify(pattern)} in ${JSON.stringify(text)}`, () => {
    assertEquals(found(pattern, text), expected);
    assertEquals(compileRegExp(pattern).test(text), expected.length > 0);
  });
}

const REFUSED = [
  "(?=x)",
  "(?!x)",
  "(?<=x)",
  "(?<!x)",
  "(x)\\1",
  "\\k<n>",
  "(",
  ")",
  "[",
  "[z-a]",
  "[\\d-z",
  "[[:nope:]]",
  "a**",
  "a{2}{3}",
  "*a",
  "a{1001}",
  "a{3,2}",
  "((a{100}){100}){100}",
  "{" + "[:".repeat(9_000),
  "\\",
  "\\q",
  "\\Z",
  "\\p{Nope}",
  "\\x{110000}",
  "{2}a",
  "(?i)*",
  "(?i){2}",
  "(a{100}){11}",
  "a{99999999999}",
  "\\p{lu}",
  "(?P<n>a)(?P<n>b)",
  "[[:Alpha:]]",
  "a\udcff",
  "(?<1 x>a)",
  "(?z)",
  "(".repeat(5000) + ")".repeat(5000),
];
for (const pattern of REFUSED) {
  Deno.test(`compileRegExp() refuses ${pattern.slice(0, 30)}`, () => {
    assertThrows(() => compileRegExp(pattern), SyntaxError, "Cannot read pattern");
  });
}

Deno.test("a pattern that makes backtracking matchers explode takes linear work", () => {
  const pattern = compileRegExp("(a+)+$");
  const text = "a".repeat(2000) + "b";
  for (const find of [pattern.test, (...args: Parameters<typeof pattern.test>) => [...pattern.matches(...args)][0]]) {
    let work = 0;
    assert(!find(text, (steps) => work += steps));
    assert(work < 2000 * 20);
  }
});

Deno.test("groups: names, numbers, and none for those that took no part", () => {
  const pattern = compileRegExp("(?P<a>x)|(?<b>y)(z)?");
  assertEquals(pattern.groups, [undefined, "a", "b", undefined]);
  assertEquals([...pattern.matches("xyz")], [
    [0, 1, 0, 1, undefined, undefined, undefined, undefined],
    [1, 3, undefined, undefined, 1, 2, 2, 3],
  ]);
});

Deno.test("random simple patterns find what JavaScript's own matcher finds", () => {
  const random = seededRandom(1);
  const atoms = [
    "(?:^)",
    "(?:$)",
    "(?:\\b)",
    "(?:\\B)",
    "a",
    "b",
    ".",
    "[ab]",
    "[^a]",
    "(a|bc)",
    "(?:b|ab)",
    "(a*)b",
    "c",
  ];
  const repeats = ["", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}"];
  for (let count = 0; count < 2000; count++) {
    const pattern = Array.from(
      { length: 1 + random(4) },
      () => atoms[random(atoms.length)]! + repeats[random(repeats.length)]!,
    )
      .join("");
    const text = Array.from({ length: random(12) }, () => "abc"[random(3)]).join("");
    const expected = new RegExp(pattern).exec(text)?.[0];
    const [first] = compileRegExp(pattern).matches(text);
    assertEquals(first && text.slice(first[0], first[1]), expected, `${pattern} in ${text}`);
    assertEquals(compileRegExp(pattern).test(text), expected !== undefined, `${pattern} in ${text}`);
  }
});

Deno.test("test() is right, too, about a text of more characters than it remembers", () => {
  const characters = Array.from({ length: 50_000 }, (_, index) => String.fromCodePoint(0x10000 + index)).join("");
  const pattern = compileRegExp("[^x]\\bend$");
  assertEquals([`${characters} end`, `${characters} ended`].map((text) => pattern.test(text)), [true, false]);
});

for (
  const pattern of [
    "[](){]{1000}",
    "(?:[0-9]{1,3}\\.){3}[0-9]{1,3} ".repeat(20),
    "\\({1000}\\[{1000}",
    "(a(b{10}c){10}){10}",
    "x{0}{",
    "\\Q(a{1000}){1000}\\E",
    "a".repeat(19_900),
  ]
) {
  Deno.test(`compileRegExp() takes ${pattern.slice(0, 30)} of ${pattern.length} characters`, () => {
    compileRegExp(pattern);
  });
}
