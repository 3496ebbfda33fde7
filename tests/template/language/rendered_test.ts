import { assertEquals, assertStrictEquals } from "@std/assert";
import { NO_TEMPLATES, withTemplate } from "../../../src/template/language/template_set.ts";
import { executeNow } from "../execute_now.ts";
import { noHost } from "../no_host.ts";

function lines(files: Readonly<Record<string, string>>): string[] {
  const set = Object.entries(files).reduce((before, [name, text]) => withTemplate(before, name, text), NO_TEMPLATES);
  const rendered = executeNow(set, Object.keys(files)[0]!, undefined, { host: noHost });
  return rendered.text.split("\n").map((line, index) => {
    const { name, line: source } = rendered.sourceLine(index + 1);
    return `${line} <${name}:${source}>`;
  });
}

Deno.test("a text without actions is itself, line by line", () => {
  const text = "a\nb\n}}";
  const rendered = executeNow(withTemplate(NO_TEMPLATES, "f", text), "f", undefined, { host: noHost });
  assertStrictEquals(rendered.text, text);
  assertEquals(rendered.sourceLine(3), { name: "f", line: 3 });
});

Deno.test("lines are traced through loops, multi-line actions, trimming and other files", () => {
  const main = `one
{{ range 2 -}}
two {{ . }}
{{ end -}}
{{ template "x" }}three {{
  4
}} five
{{- "six\\nseven" }}
  {{ template "y" }}
`;
  const other = `{{ define "x" }}x1
x2
{{ end }}{{ define "y" }}

y3{{ end }}`;
  assertEquals(lines({ main, other }), [
    "one <main:1>",
    "two 0 <main:3>",
    "two 1 <main:3>",
    "x1 <other:1>",
    "x2 <other:2>",
    "three 4 fivesix <main:5>",
    "seven <main:8>",
    "   <main:9>",
    " <other:4>",
    "y3 <other:5>",
    " <main:10>",
  ]);
});

Deno.test("a line that only its indentation shares with another template is from that one", () => {
  assertEquals(lines({ a: 'x\n    {{- template "t" }}', b: '\n{{ define "t" }}\n\n  key{{ end }}' })[2], "  key <b:4>");
});

Deno.test("line numbers beyond the text are those of its ends", () => {
  const rendered = executeNow(withTemplate(NO_TEMPLATES, "f", "{{ 1 }}\nb"), "f", undefined, { host: noHost });
  assertEquals([rendered.sourceLine(0), rendered.sourceLine(9)], [{ name: "f", line: 1 }, { name: "f", line: 2 }]);
});

Deno.test("an empty result has a first line", () => {
  assertEquals(lines({ f: '\n{{- "" -}}\n' }), [" <f:1>"]);
});
