import { assertEquals } from "@std/assert";
import { expandVariables } from "../../src/template/expand_variables.ts";
import { queryEscape } from "../../src/template/values/bytes.ts";

const VALUES: Readonly<Record<string, string>> = { A: "alpha", REC: "$A", "1": "first", "a b": "blank" };
const valueOf = (name: string) => VALUES[name];

for (
  const [text, option, mixin] of [
    ["$A ${A}", "alpha alpha", "alpha alpha"],
    ["$UNKNOWN ${UNKNOWN}", "$UNKNOWN ${UNKNOWN}", "${UNKNOWN} ${UNKNOWN}"],
    ["$$A $$$A", "$A $alpha", "$A $alpha"],
    ["$REC", "$A", "$A"],
    ["$1 $2", "$1 $2", "first $2"],
    ["${a b}|${}|${A", "${a b}|${}|${A", "blank||A"],
    ["$* $? $-x 5$", "$* $? $-x 5$", "$* $? $-x 5$"],
    ["$AÉ", "alphaÉ", "alphaÉ"],
  ] as const
) {
  Deno.test(`expandVariables() expands options and mixins: ${text}`, () => {
    assertEquals(expandVariables(text, "option", valueOf), option);
    assertEquals(expandVariables(text, "mixin", valueOf), mixin);
  });
}

for (
  const [text, escaped] of [
    ["aZ09-_.~", "aZ09-_.~"],
    ["a b\n", "a+b%0A"],
    ["'*!(/", "%27%2A%21%28%2F"],
    ["é😀", "%C3%A9%F0%9F%98%80"],
  ] as const
) {
  Deno.test(`queryEscape() escapes ${JSON.stringify(text)}`, () => assertEquals(queryEscape(text), escaped));
}
