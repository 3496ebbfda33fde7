import { assertEquals } from "@std/assert";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { excerptFrom } from "../../src/model/excerpt.ts";
import { diagnosticText, diagnosticTexts, errorText, loggedDiagnostic } from "../../src/report/diagnostic_text.ts";

const AT = excerptFrom(() => "lcok: \x1b[31m\n^", { path: "p", line: 1, column: 1 });
const PROBLEM: Diagnostic = { code: "unknown-key", severity: "warning", message: "m", at: AT, hint: "h" };

Deno.test("a problem is shown with its line, then with its hint; control characters are replaced", () => {
  assertEquals(diagnosticText(PROBLEM), "p:1:1: warning: m\n  lcok: \ufffd[31m\n  ^\n  hint: h");
  assertEquals(diagnosticText({ ...PROBLEM, severity: "error", at: undefined }), "error: m\n  hint: h");
});

Deno.test("a log has no lines of files, but for problems that carry one", () => {
  assertEquals(loggedDiagnostic(PROBLEM), "p:1:1: warning: m\n  hint: h");
  assertEquals(loggedDiagnostic({ ...PROBLEM, excerpt: "e" }), "p:1:1: warning: m\n  e\n  hint: h");
});

Deno.test("of many problems the first thousand are shown with their lines", () => {
  const texts = diagnosticTexts(Array.from({ length: 1_001 }, () => PROBLEM));
  assertEquals([texts[999], texts[1_000]], [diagnosticText(PROBLEM), loggedDiagnostic(PROBLEM)]);
});

Deno.test("an error without a place has the same form", () => {
  assertEquals(errorText("m"), loggedDiagnostic({ code: "syntax", severity: "error", message: "m" }));
});
