import { assertEquals } from "@std/assert";
import { dependsOn } from "../../../src/template/language/dependencies.ts";
import { NO_TEMPLATES, withTemplate } from "../../../src/template/language/template_set.ts";

const OTHER = `{{ define "profile" }}{{ .Profile.Name }}{{ end }}{{ define "dot" }}{{ . }}{{ end }}
{{ define "deep" }}{{ template "profile" . }}{{ template "deep" . }}{{ end }}
{{ define "dollar" }}{{ with .Env }}{{ $.Profile }}{{ end }}{{ end }}`;

const CASES: readonly (readonly [string, string, boolean])[] = [
  ["Profile", "no actions", false],
  ["Profile", "{{ .Profile.Name }}", true],
  ["Profile", "{{ .Now }}{{ .Env.Profile }}{{ .ProfileName }}", false],
  ["Profile", '{{ if false }}{{ print (list 1 .Profile | join ",") }}{{ end }}', true],
  ["Profile", "{{ range .Env }}{{ . }}{{ .Profile }}{{ else }}{{ end }}", false],
  ["Profile", "{{ range .Env }}{{ else }}{{ .Profile }}{{ end }}", true],
  ["Profile", "{{ with .Env }}{{ $.Profile }}{{ end }}", true],
  ["Profile", "{{ with .Env }}{{ .Profile }}{{ else }}{{ .Now }}{{ end }}", false],
  ["Profile", "{{ with . }}{{ .Profile }}{{ end }}", true],
  ["Profile", "{{ with . }}{{ .Now }}{{ end }}", false],
  ["Profile", "{{ . }}", true],
  ["Profile", "{{ $x := . }}", true],
  ["Profile", '{{ index $ "Profile" }}', true],
  ["Profile", "{{ (.).Profile }}", true],
  ["Profile", "{{ ($).Now }}", false],
  ["Profile", "{{ $x := 1 }}{{ $x }}", false],
  ["Profile", '{{ template "profile" . }}', true],
  ["Profile", '{{ template "profile" .Env }}{{ template "profile" }}', false],
  ["Profile", '{{ template "dot" .Env }}', false],
  ["Profile", '{{ template "dot" . }}', true],
  ["Profile", '{{ template "deep" $ }}', true],
  ["Profile", '{{ template "dollar" . }}', true],
  ["Profile", '{{ template "dollar" .Env }}', false],
  ["Profile", '{{ template "profile" (map "Profile" .) }}', true],
  ["Profile", '{{ template "unknown" . }}', false],
  ["Profile", "{{ env }}", true],
  ["CurrentDir", "{{ .DefaultData.CurrentDir }}", true],
  ["Stdout", "{{ .DefaultData }}", false],
  ["Stdout", "{{ len .Stdout }}", true],
];

for (const [field, text, expected] of CASES) {
  Deno.test(`dependsOn() .${field}: ${text}`, () => {
    const set = withTemplate(withTemplate(NO_TEMPLATES, "main", text), "other", OTHER);
    assertEquals(dependsOn(set, "main", field), expected);
  });
}
