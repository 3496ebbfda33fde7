/** Templates that would never end or fill the memory end in an error, in bounded time; deep recursion too. */
import { assertEquals, assertThrows } from "@std/assert";
import { TemplateError } from "../../../src/template/values/template_error.ts";
import { NO_TEMPLATES, withTemplate } from "../../../src/template/language/template_set.ts";
import { executeNow } from "../execute_now.ts";
import { noHost } from "../no_host.ts";

/** Twentieth of what an execution may spend: limits that are paid from it show with twentieths of everything. */
const FEW_UNITS = 5_000_000;

function render(text: string, units?: number): string {
  return executeNow(withTemplate(NO_TEMPLATES, "t", text), "t", undefined, { host: noHost, ...units && { units } })
    .text;
}

/** What is paid for: none of them would end, or not soon, if one of its parts were free. */
const SPENDTHRIFTS: Readonly<Record<string, string>> = {
  "a loop without end": "{{ range 9000000000000000000 }}{{ end }}",
  "output without end": "{{ range 9000000000000000000 }}xxxxxxxxxxxxxxxx{{ end }}",
  "a text that doubles": '{{ $s := "x" }}{{ range 99 }}{{ $s = print $s $s }}{{ end }}',
  "a list that doubles": "{{ $l := list 1 }}{{ range 60 }}{{ $l = list $l $l }}{{ end }}{{ $l }}",
  "many characters": '{{ range 30 }}{{ $l := printf "%50000d" 1 | split "" }}{{ end }}',
  "a costly pattern": '{{ printf "%50000s" "" | replaceR "((x?){50}){20}(y|$)" "" }}',
  "a costly pattern that is only looked for":
    '{{ printf "%50000s" "" | replace " " "ab" | matches "(a|b)*a(a|b){90}(c|$)" }}{{ print 1 }}',
  "a search to the end for each match": '{{ printf "%20000s" "" | replace " " "a" | replaceR "a.*(z|y)|a" "" }}',
  "a search for a word to the end for each match":
    '{{ printf "%50000s" "" | replace " " "aaaaaaaaaaaaaaa" | replaceR "a(a*bcd)?" "" }}',
  "many patterns": '{{ range 30 }}{{ matches (printf "(?i)[a-z]{900}%d" .) "" }}{{ end }}',
  "letters of a long text":
    '{{ $s := printf "%50000s" "" | replace " " "ß" }}{{ range 30 }}{{ $x := upper $s }}{{ end }}',
  "a long text in quotes":
    '{{ $s := printf "%50000s" "" | replace " " "\\x00" }}{{ range 15 }}{{ $x := printf "%q" $s }}{{ end }}',
  "numbers from a long seed": '{{ $s := printf "%50000s" "" }}{{ range 60 }}{{ $x := randInt 0 9 $s }}{{ end }}',
  "lengths of a long text": '{{ $s := printf "%50000sé" "" }}{{ range 999 }}{{ $n := len $s }}{{ end }}',
  "a large map that is sorted":
    '{{ $m := printf "%50000s" "" | split "" | map }}{{ range 20 }}{{ range $m }}{{ break }}{{ end }}{{ end }}',
};
for (const [name, text] of Object.entries(SPENDTHRIFTS)) {
  Deno.test(`limit: ${name}`, () => {
    assertThrows(() => render(text, FEW_UNITS), TemplateError, "too many steps");
  });
}

Deno.test("limit: what every execution may spend", () => {
  assertThrows(
    () => render('{{ range 999 }}{{ $x := printf "%1000000s" "" }}{{ end }}'),
    TemplateError,
    "too many steps",
  );
});

/** Limits of their own: nesting, the length of a text, calls. */
const BOMBS: Readonly<Record<string, readonly [string, string]>> = {
  "a list in a list": ["{{ $l := 1 }}{{ range 9999 }}{{ $l = list $l }}{{ end }}{{ $l }}", "nested deeper"],
  "the same, formatted": [
    '{{ $l := 1 }}{{ range 9999 }}{{ $l = list $l }}{{ end }}{{ printf "%d" $l }}',
    "nested deeper",
  ],
  "the same, joined": [
    '{{ $l := 1 }}{{ range 9999 }}{{ $l = list $l }}{{ end }}{{ contains "x" $l }}',
    "nested deeper",
  ],
  "a replacement that grows": [
    '{{ $s := "x" }}{{ range 99 }}{{ $s = replace "x" "xxxxxxxxx" $s }}{{ end }}',
    "more than",
  ],
  "an escape that grows": ['{{ $s := "<" }}{{ range 99 }}{{ $s = html $s $s }}{{ end }}', "more than"],
  "many wide numbers": ['{{ range 999 }}{{ printf "%1000000d" 1 }}{{ end }}', "more than"],
  "a pattern of many repetitions": [`{{ matches "${"a{1000}".repeat(100)}" "" }}`, "expression too large"],
  "a pattern of a repeated group": [`{{ matches "(${"a".repeat(100)}){1000}" "" }}`, "expression too large"],
  "a pattern of many letters": [`{{ matches "${"a".repeat(20_001)}" "" }}`, "expression too large"],
  "calls of calls": ['{{ define "x" }}{{ if 1 }}{{ template "x" }}{{ end }}{{ end }}{{ template "x" }}', "depth"],
  "parentheses": [`{{ ${"(".repeat(100_000)}1${")".repeat(100_000)} }}`, "nested deeper"],
  "blocks": ["{{ if 1 }}".repeat(100_000), "nested deeper"],
};
for (const [name, [text, fact]] of Object.entries(BOMBS)) {
  Deno.test(`limit: ${name}`, () => {
    assertThrows(() => render(text), TemplateError, fact);
  });
}

Deno.test("literals may be long", () => {
  assertEquals(render(`{{ "${"a\\n".repeat(300_000)}" | len }}`), "600000");
  assertEquals(render(`{{ len \`${"a\n".repeat(3_000_000)}\` }}`), "6000000");
  assertThrows(() => render(`{{ "${"a".repeat(9_000_000)}`), TemplateError, "unterminated");
  assertThrows(() => render(`{{ ${"1".repeat(2000)} }}`), TemplateError, "too long");
});

Deno.test("what is deep but allowed works", () => {
  const recursive = '{{ define "x" }}{{ if . }}{{ template "x" slice . 1 }}{{ else }}end{{ end }}{{ end }}';
  assertEquals(render(`${recursive}{{ template "x" printf "%9999s" "" }}`), "end");
  assertEquals(render(`{{ ${"(".repeat(300)}1${")".repeat(300)} }}`), "1");
  assertEquals(render(`{{ if false }}${"{{ else if false }}".repeat(20_000)}{{ else }}x{{ end }}`), "x");
});
