import { assertEquals, assertThrows } from "@std/assert";
import { DotenvError, parseDotenv } from "../../src/platform/dotenv.ts";

const FILES: readonly (readonly [what: string, text: string, variables: Record<string, string>])[] = [
  ["an empty file", "", {}],
  ["blank lines and comments", "\n# one\n  # two\nA=1\n\n", { A: "1" }],
  ["both separators, blanks around, export", "A=1\nB: 2\n  C = 3 \nexport D=4", { A: "1", B: "2", C: "3", D: "4" }],
  ["CRLF line ends", "A=1\r\nB='2'\r\n", { A: "1", B: "2" }],
  ["no value", "A=\nB=2", { A: "", B: "2" }],
  ["a value that ends at a comment", "A=one # two\nB=a#b\nC=# nothing", { A: "one", B: "a#b", C: "" }],
  ["literal text in single quotes", "A='$B \\n \"x\" # y'", { A: '$B \\n "x" # y' }],
  ["escapes in double quotes", String.raw`A="a\nb\r\"\$\\"`, { A: 'a\nb\r"$\\' }],
  ["text over several lines", "A=\"one\ntwo\"\nB='three\nfour'", { A: "one\ntwo", B: "three\nfour" }],
  ["a comment behind quotes", `A="x" # y\nB='z'# w`, { A: "x", B: "z" }],
  ["variables of the same file, set earlier", 'A=1\nB=$A${A}2\nC="<$B>"\nD=$E\nE=5', {
    A: "1",
    B: "112",
    C: "<112>",
    D: "",
    E: "5",
  }],
  ["$ before anything but a capital, a digit or _ as text", "A=x$y\nB=x${y}z\nC=$\nD=x$$y$$\nE=$(date)\nF=$-\nG=$é", {
    A: "x$y",
    B: "x${y}z",
    C: "$",
    D: "x$$y$$",
    E: "$(date)",
    F: "$-",
    G: "$é",
  }],
  ["names that end where the capitals do", "WO=1\nA=<$WOrd>\nB=<${WO>\nC=<$WO}>\nD=<$$WO>\nE=<${WOrd}>", {
    WO: "1",
    A: "<1rd>",
    B: "<1>",
    C: "<1>",
    D: "<$1>",
    E: "<1rd}>",
  }],
  ["names of digits", "A=cash$100", { A: "cash" }],
  [
    "a backslash before $, with and without quotes",
    String.raw`X=1
A=pa\$X
B="pa\$X\${X}"
C=pa\$word
D="pa\$word"
E=pa\\$X
F=a\b`,
    { X: "1", A: "pa$X", B: "pa$X${X}", C: "pa$word", D: "pa$word", E: String.raw`pa\$X`, F: String.raw`a\b` },
  ],
  ["nothing twice", "A='$B'\nB=1\nC=$A", { A: "$B", B: "1", C: "$B" }],
  ["the last of two values", "A=1\nA=2", { A: "2" }],
  ["names in their own case", "Ab_1=x", { Ab_1: "x" }],
];

for (const [what, text, variables] of FILES) {
  Deno.test(`parseDotenv() reads ${what}`, () =>
    assertEquals(Object.fromEntries(parseDotenv(text).variables), variables));
}

const FAULTS: readonly (readonly [what: string, text: string, line: number])[] = [
  ["a line without separator", "A=1\n\nnonsense\n", 3],
  ["an open double quote", 'A=1\nB="two\nthree', 2],
  ["an open single quote", "A='one\ntwo", 1],
  ["text behind quotes", 'A="one" two', 1],
];

for (const [what, text, line] of FAULTS) {
  Deno.test(`parseDotenv() refuses ${what}, with its line`, () => {
    assertEquals(assertThrows(() => parseDotenv(text), DotenvError).line, line);
  });
}

Deno.test("parseDotenv() tells which values lack a part, with their lines", () => {
  const text = "A=1\nB=$A\nC=$NOT_A\n\nD='$E'\nE=\"two\n$F\"\nexport G=$C$H\nI=\\$J";
  assertEquals(parseDotenv(text).incomplete, [{ name: "C", line: 3 }, { name: "E", line: 6 }, { name: "G", line: 8 }]);
});
