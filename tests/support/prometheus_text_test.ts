import { assertEquals, assertThrows } from "@std/assert";
import { parsePrometheus } from "./prometheus_text.ts";

const HEAD = "# HELP a_b Help\\n text.\n# TYPE a_b gauge\n";

Deno.test("parsePrometheus() reads metrics, labels and values", () => {
  const families = parsePrometheus(
    `${HEAD}a_b{x="1\\"\\\\\\n{}",y=""} 2.5e+08\na_b -1\n# HELP c C\n# TYPE c gauge\nc 0\n`,
  );
  assertEquals([...families.keys()], ["a_b", "c"]);
  assertEquals(families.get("a_b")?.samples, [{ labels: { x: '1"\\\n{}', y: "" }, value: 2.5e8 }, {
    labels: {},
    value: -1,
  }]);
});

for (
  const [what, text] of [
    ["no line feed at the end", `${HEAD}a_b 1`],
    ["an empty line", `${HEAD}a_b 1\n\n`],
    ["a value without comments", "a_b 1\n"],
    ["comments without a value", HEAD],
    ["a metric in two places", `${HEAD}a_b 1\n${HEAD}a_b{x="y"} 2\n`],
    ["another metric's type", "# HELP a A\n# TYPE b gauge\na 1\n"],
    ["a value twice", `${HEAD}a_b{x="1",y="2"} 1\na_b{y="2",x="1"} 1\n`],
    ["a time stamp", `${HEAD}a_b 1 1795476676\n`],
    ["a name with a dash", `${HEAD}a_b{my-host="x"} 1\n`],
    ["a reserved label", `${HEAD}a_b{__x="x"} 1\n`],
    ["a label twice", `${HEAD}a_b{x="1",x="2"} 1\n`],
    ["a comma at the end", `${HEAD}a_b{x="1",} 1\n`],
    ["an unknown escape", `${HEAD}a_b{x="\\t"} 1\n`],
    ["a value that is no number", `${HEAD}a_b 0x1\n`],
    ["a carriage return", `${HEAD}a_b 1\r\n`],
  ] as const
) {
  Deno.test(`parsePrometheus() refuses ${what}`, () => void assertThrows(() => parsePrometheus(text), SyntaxError));
}
