import { assertEquals } from "@std/assert";
import { isOfConfiguration, isSameJob, parseJobId } from "../../src/schedule/scheduled_job.ts";

for (
  const [text, expected] of [
    ["backup@home", { command: "backup", name: "home" }],
    ["backup@a@b", { command: "backup", name: "a@b" }],
    ["check@a.b", { command: "check", name: "a.b" }],
    ["@home", undefined],
    ["backup@", undefined],
    ["backup", undefined],
    ["", undefined],
  ] as const
) {
  Deno.test(`parseJobId() of "${text}"`, () => assertEquals(parseJobId(text), expected));
}

Deno.test("isSameJob() takes names in any case of letters", () => {
  assertEquals(isSameJob({ command: "backup", name: "Home" }, { command: "backup", name: "home" }), true);
  assertEquals(isSameJob({ command: "backup", name: "home" }, { command: "check", name: "home" }), false);
  assertEquals(isSameJob({ command: "backup", name: "home" }, { command: "backup", name: "home2" }), false);
});

// jobs are matched by the text of FILE alone
for (
  const [configFile, workingDir, expected] of [
    ["profiles.yaml", "/work", true],
    ["./profiles.yaml", "/work", true],
    ["/work/profiles.yaml", "/elsewhere", true],
    ["../work/profiles.yaml", "/elsewhere", true],
    ["/work/profiles.yaml", undefined, true],
    ["profiles.yaml", undefined, true],
    ["profiles.yaml", "/elsewhere", false],
    ["./profiles.yaml", undefined, false],
    ["other.yaml", "/work", false],
  ] as const
) {
  Deno.test(`isOfConfiguration() of ${configFile} in ${workingDir} is ${expected}`, () => {
    const place = { configFile: "profiles.yaml", workingDir: "/work", os: "linux" };
    assertEquals(isOfConfiguration({ configFile, workingDir }, place), expected);
  });
}

Deno.test("isOfConfiguration() knows the drives of Windows", () => {
  const place = { configFile: "profiles.yaml", workingDir: "C:\\work", os: "windows" };
  assertEquals(isOfConfiguration({ configFile: "C:\\work\\profiles.yaml", workingDir: undefined }, place), true);
});
