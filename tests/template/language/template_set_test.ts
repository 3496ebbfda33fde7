import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { templateDiagnostic, TemplateError } from "../../../src/template/values/template_error.ts";
import type { Execution } from "../../../src/template/language/execute.ts";
import type { Rendered } from "../../../src/template/language/rendered.ts";
import {
  executable,
  executeIn,
  NO_TEMPLATES,
  type TemplateSet,
  withTemplate,
} from "../../../src/template/language/template_set.ts";
import { timeAt } from "../../../src/template/formats/time.ts";
import { type GoValue, stringMap, struct } from "../../../src/template/values/go_value.ts";
import { UTC } from "../../../src/template/formats/zone.ts";
import { executeNow } from "../execute_now.ts";
import { noHost } from "../no_host.ts";

function setOf(files: Readonly<Record<string, string>>): TemplateSet {
  return Object.entries(files).reduce((set, [name, text]) => withTemplate(set, name, text), NO_TEMPLATES);
}

function execute(text: string, data?: GoValue, more: Partial<Execution> = {}): Rendered {
  return executeNow(setOf({ "a.toml": text }), "a.toml", data, { host: noHost, ...more });
}

const DATA = struct({ Env: stringMap([["HOME", "/home/ann"]]) });

Deno.test("a template that nobody defines gives nothing while looking for includes", () => {
  const text = '[{{ template "later" . }}]';
  assertEquals(execute(text, undefined, { unknownTemplates: "empty" }).text, "[]");
  assertThrows(() => execute(text), TemplateError, 'a.toml:1:13: Template "later" is not defined');
});

Deno.test("the error of a template names its file, and columns of both kinds", () => {
  const set = setOf({ "a.toml": '{{ template "x" . }}', "b.toml": 'x\n{{ define "x" }}é\té {{ .Nope }}{{ end }}' });
  const error = assertThrows(() => executeNow(set, "a.toml", DATA, { host: noHost }), TemplateError);
  assertEquals(error.message.split(": ")[0], "b.toml:2:25");
  assertEquals(templateDiagnostic(error), {
    code: "template",
    severity: "error",
    message: 'Cannot read field ".Nope": there is no such field, there are .Env',
    at: { path: "b.toml", line: 2, column: 24 },
  });
});

Deno.test("variables that are not set are told once each, where their text is wanted", () => {
  const told: string[] = [];
  const text = `{{ .Env.HOME }}{{ .Env.ONE }}{{ .Env.ONE }}
{{ $.Env.TWO }}{{ with .Env.NOT }}{{ end }}{{ or .Env.NOT "x" }}{{ if .Env.NOT }}{{ end }}{{ not .Env.NOT }}
{{ printf "%v" .Env.THREE }}{{ .Env.FOUR | js }}{{ .Nothing }}{{ $x := .Env.NOT }}`;
  const data = struct({ Env: stringMap([["HOME", "/home/ann"]]), Nothing: undefined });
  execute(text, data, { onUnset: (name, { line }) => told.push(`${name} ${line}`) });
  assertEquals(told, ["ONE 1", "TWO 2", "THREE 3", "FOUR 3"]);
});

Deno.test("functions of the machine come from the host, and their errors get a place", () => {
  const asked: string[] = [];
  const host = {
    ...noHost,
    tempDir: () => "/t",
    tempFile: (name: string) => (asked.push(name), `/t/${name}`),
    env: (): string => {
      throw new Error("disk full");
    },
  };
  assertEquals(execute('{{ tempDir }} {{ tempFile "ä/b.c" }}', undefined, { host }).text, "/t /t/__b.c");
  assertEquals(asked, ["__b.c"]);
  assertThrows(() => execute('{{ tempFile "" }}', undefined, { host }), TemplateError, "a.toml:1:3");
  assertThrows(
    () => execute("{{ env }}", undefined, { host }),
    TemplateError,
    'a.toml:1:3: Cannot call "env": disk full',
  );
});

for (
  const [value, json] of [
    ['{{ json "a\\"b\\\\c\\n\\t" }}', '"a\\"b\\\\c\\n\\t"'],
    ['{{ json "\\x7f\\u0085\\u2028\\ufeffé😀\\x00" }}', '"\\u007f\\u0085\\u2028\\ufeffé😀\\u0000"'],
    ['{{ json "\\xff" }}', '"\ufffd"'],
    ["{{ json 5 }}{{ json true }}{{ json nil }}", '"5""true""<no value>"'],
    ['{{ list "a" 1 | json }}', '"[a,1]"'],
  ] as const
) {
  Deno.test(`json: ${value}`, () => assertEquals(execute(value).text, json));
}

const TIMES = struct({ Now: timeAt(0n, UTC), Profile: struct({ Name: "a" }), Env: stringMap([]) });
for (
  const [text, result] of [
    ["{{ eq .Now .Now }} {{ eq .Now (.Now.Add 1) }} {{ ne .Now .Now.Local }}", "true false false"],
    ["{{ eq .Profile .Profile }} {{ eq .Now .Profile }} {{ eq .Now.Location .Now.Location }}", "true false true"],
    ["{{ .Now.Add 1e9 }} {{ .Now.Truncate 1e9 }}", "1970-01-01 00:00:01 +0000 UTC 1970-01-01 00:00:00 +0000 UTC"],
  ] as const
) {
  Deno.test(`times and structs: ${text}`, () => assertEquals(execute(text, TIMES).text, result));
}

for (
  const text of [
    "eq .Profile .Env",
    "eq .Env .Env",
    "eq .Now .Now.Location",
    "lt .Now .Now",
    ".Now.Add 1e19",
    ".Now.Add 1.5",
  ]
) {
  Deno.test(`times and structs: ${text} is an error`, () => {
    assertThrows(() => execute(`{{ ${text} }}`, TIMES), TemplateError, "Cannot call");
  });
}

Deno.test("strings are bytes: a character that is cut and joined again is whole", () => {
  assertEquals(
    execute('{{ $s := "é" }}{{ len $s }}{{ index $s 0 }}{{ slice $s 0 1 }}{{ slice $s 1 2 }}').text,
    "2195é",
  );
  assertEquals(execute('{{ slice "é" 0 1 | hex }} {{ "\\xff" }}').text, "c3 \ufffd");
});

for (
  const [text, result] of [
    ['{{ js "\\xc3" "\\xa9" }} {{ urlquery "\\xff" }}', "é %FF"],
    ['{{ upper "ßŉᾳᾀ" }} {{ lower "ᾼ" }} {{ 0x.8p1 }}', "ßŉᾼᾈ ᾳ 1"],
    ['{{ replaceR "(?P<n>a)|(?P<m>b)" "<$n$m$01$2>" "ab" }}', "<a><bb>"],
  ] as const
) {
  Deno.test(`functions: ${text}`, () => assertEquals(execute(text).text, result));
}

Deno.test("raw strings and text keep what they have, but for carriage returns of raw strings", () => {
  assertEquals(execute("a\r\n{{ `x\r\ny` }}\r\n").text, "a\r\nx\ny\r\n");
});

for (
  const [text, fact] of [
    ["a\n{{ if true }}", '"{{ end }}" is missing'],
    ["{{ end }}", 'Unexpected "end"'],
    ["{{ (1 }}", "right paren"],
    ["{{ template }}", "wants a name in quotes"],
    ["{{ 0x }}", "bad syntax"],
    ['{{ print "a"print }}', "space is missing"],
    ["{{ '' }}", "one character"],
    ['{{ "\\400" }}', "octal"],
    ['{{ "\\ud800" }}', "no character"],
    ["{{ $x := }}", "value is missing"],
    ["{{ range $i, 1 := 3 }}{{ end }}", "a variable is wanted"],
    ["{{ break }}", "body of a"],
    ["{{ 1e999 }}", "overflow"],
    ["{{ index .None }}", "there is nothing in nil"],
    ['{{ matches "\\xff" "a" }}', "invalid UTF-8"],
  ] as const
) {
  Deno.test(`a mistake is told: ${JSON.stringify(text)}`, () => {
    assertStringIncludes(assertThrows(() => execute(text), TemplateError).message, fact);
  });
}

Deno.test("break and continue leave the blocks inside a range, and their variables", () => {
  const text = "{{ range $i := 5 }}{{ $x := $i }}{{ with 1 }}{{ $y := 2 }}{{ if eq $i 1 }}{{ continue }}{{ end }}" +
    "{{ if eq $i 3 }}{{ break }}{{ end }}{{ end }}{{ $i }}{{ $x }} {{ end }}";
  assertEquals(execute(text).text, "00 22 ");
});

for (
  const [text, end] of [
    ['{{ "one\\ntwo\\nthree" | tail 9 }}', "two\nthree"],
    ['{{ "one\\ntwo\\nthree" | tail 6 }}', "three"],
    ['{{ "ééé" | tail 3 }}', "é"],
    ['{{ "short" | tail 3500 }}', "short"],
    ['{{ "x" | tail 0 }}{{ "x" | tail -1 }}', ""],
  ] as const
) {
  Deno.test(`tail keeps the last bytes, whole lines and letters of them: ${text}`, () => {
    const set = withTemplate(NO_TEMPLATES, "t", text);
    assertEquals(executeNow(set, "t", null, { host: noHost }).text, end);
  });
}

for (
  const [what, files, needed] of [
    ["an action", { "a": '{{ regex "b+" "c" "abb" }}' }, true],
    [
      "an operand of another template's",
      { "a": 'ac{{ define "x" }}{{ if (matches "b" "b") }}{{ end }}{{ end }}' },
      true,
    ],
    ["a further file", { "a": "ac", "b": '{{ splitR "," "a" | len }}' }, true],
    ["a name as text, and other functions", { "a": '{{ replace "b" "" "abc" }}{{/* regex */}}' }, false],
  ] as const
) {
  Deno.test(`the engine for regular expressions is ${needed ? "" : "not "}loaded for ${what}`, async () => {
    const program = await executable(setOf(files));
    assertEquals(executeIn(program, "a", undefined, { host: noHost }).text, "ac");
    if (needed) assertEquals(program.compileRegExp("x").test("x"), true);
    else assertThrows(() => program.compileRegExp("x"), Error, "no function of the templates takes one");
  });
}
