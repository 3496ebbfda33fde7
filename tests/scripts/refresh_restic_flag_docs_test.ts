import { assertEquals } from "@std/assert";
import { newerOver, optionDocs } from "../../scripts/refresh_restic_flag_docs.ts";

const PAGE = [
  ".SH DESCRIPTION",
  String.raw`\fB--no\fP=""`,
  "\tis no option",
  ".SH OPTIONS",
  String.raw`\fB-r\fP, \fB--repo\fP=""`,
  "\t\\fBrepository\\fR to use (default: $RESTIC_REPOSITORY)",
  ".PP",
  String.raw`\fB-h\fP, \fB--help\fP[=false]`,
  "\thelp",
  ".PP",
  String.raw`\fB--cleanup\fP[=false]`,
  "\tdon\\'t keep it``",
].join("\n");

Deno.test("optionDocs() reads what a page says of its options, without marks", () => {
  assertEquals(optionDocs(PAGE), { "cleanup": "don't keep it", "repo": "repository to use" });
});

Deno.test("newerOver() prefers the newer words, and keeps what only the older restic says", () => {
  const older = { b: { y: "old", x: "old" }, c: { z: "old" } };
  assertEquals(newerOver(older, { b: { y: "new" }, a: {} }), { b: { x: "old", y: "new" }, c: { z: "old" } });
});
