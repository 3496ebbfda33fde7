import { assertEquals } from "@std/assert";
import { hasOption, isTrueOption, operandsOf, optionValue, unknownOptions } from "../../src/cli/options.ts";

const VALUES: [args: string[], present: boolean, value: string | undefined][] = [
  [["--size", "3"], true, "3"],
  [["--size=3"], true, "3"],
  [["--size=a=b"], true, "a=b"],
  [["x", "--size", "-1"], true, "-1"],
  [["--size"], true, undefined],
  [["3", "--sizes", "4"], false, undefined],
  [[], false, undefined],
];
for (const [args, present, value] of VALUES) {
  Deno.test(`--size in "${args.join(" ")}"`, () => {
    assertEquals([hasOption(args, "size"), optionValue(args, "size")], [present, value]);
  });
}

for (
  const [args, isOn] of [
    [["--all"], true],
    [["--all=true"], true],
    [["--all=0"], false],
    [["--all", "--all=false"], false],
    [["--alls"], false],
    [[], false],
  ] satisfies [string[], boolean][]
) {
  Deno.test(`--all is ${isOn ? "on" : "off"} in "${args.join(" ")}"`, () =>
    assertEquals(isTrueOption(args, "all"), isOn));
}

Deno.test("unknownOptions() lets known ones, values and numbers pass", () => {
  const known = { size: { short: "s", doc: "" } };
  const args = ["--size=3", "-s", "x", "-1", "--other=1", "-o", "--"];
  assertEquals(unknownOptions(args, known, true), ["--other=1", "-o"]);
  assertEquals(unknownOptions(args, known, false), ["-1", "--other=1", "-o"]);
});

Deno.test("operandsOf() lets options and their values pass", () => {
  const known = { size: { placeholder: "N", doc: "" }, all: { doc: "" } };
  assertEquals(operandsOf(["a", "--size", "3", "b", "--all", "c", "--size=4", "d"], known), ["a", "b", "c", "d"]);
});
