/** Values that a command with consequences cannot use as they were written, in files: it does not run, and says which. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { loadedProfile } from "../support/configuration.ts";
import { plannedFor, resticSteps } from "../support/planned_job.ts";

const ENV = { EMPTY: "", BLANK: " " };

const REFUSED: readonly (readonly [commandLine: string, section: string, key: string])[] = [
  ["forget", "{ keep-last: 1, tag: { a: 1 } }", "tag"],
  ["forget", "{ keep-last: 1, keep-daily: { a: 1 } }", "keep-daily"],
  ["forget", "{ keep-last: 1, keep-tag: [a, ~] }", "keep-tag"],
  ["forget", "{ keep-last: 1, path: [/a, ~] }", "path"],
  ["forget", '{ keep-last: 1, host: "{{ .Env.EMPTY }}" }', "host"],
  ["forget", '{ keep-last: 1, group-by: "{{ .Env.EMPTY }}" }', "group-by"],
  ["forget", '{ keep-last: 1, keep-daily: "{{ .Env.EMPTY }}" }', "keep-daily"],
  ["forget", '{ keep-last: 1, tag: ["{{ .Env.EMPTY }}"] }', "tag"],
  ["forget", '{ keep-last: 1, tag: [a, "{{ .Env.BLANK }}"] }', "tag"],
  ["rewrite", '{ exclude: x, tag: "{{ .Env.EMPTY }}" }', "tag"],
  ["retention", '{ keep-last: 1, host: "{{ .Env.EMPTY }}" }', "host"],
];

for (const [commandLine, section, key] of REFUSED) {
  Deno.test(`${commandLine} of ${section} does not run`, async () => {
    const yaml = `default: { repository: r, ${commandLine}: ${section} }`;
    const { profile } = await loadedProfile({ yaml, env: ENV });
    const [step] = resticSteps(plannedFor(profile, commandLine).job);
    assertStringIncludes(step?.refusal ?? "", `"default.${commandLine}.${key}" comes out empty`);
  });
}

for (
  const [commandLine, section, line] of [
    ["forget", '{ keep-last: 1, host: "" }', "forget --keep-last=1 --repo=r"],
    ["forget", '{ keep-last: 1, tag: ["", "{{ .Env.HOME }}"] }', "forget --keep-last=1 --repo=r --tag= --tag=/home/me"],
    ["retention", "{ keep-last: 1, host: , tag: }", "forget --keep-last=1 --repo=r"],
  ] as const
) {
  Deno.test(`${commandLine} of ${section} runs: it is what was written`, async () => {
    const yaml = `default: { repository: r, ${commandLine}: ${section} }`;
    const { profile } = await loadedProfile({ yaml, env: { HOME: "/home/me" } });
    assertEquals(plannedFor(profile, commandLine).lines, [line]);
  });
}

Deno.test("a variable of a mixin may come out empty, too", async () => {
  const yaml = `version: "2"
mixins:
  kept: { forget: { keep-last: 1, tag: "$TAG" } }
profiles:
  default: { repository: r, use: { name: kept, TAG: "" } }`;
  const { profile } = await loadedProfile({ yaml, env: ENV });
  const [step] = resticSteps(plannedFor(profile, "forget").job);
  assertStringIncludes(step?.refusal ?? "", '"default.forget.tag" comes out empty');
});
