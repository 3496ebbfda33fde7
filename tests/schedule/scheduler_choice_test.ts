import { assertEquals } from "@std/assert";
import { chooseScheduler, type SchedulerChoice } from "../../src/schedule/scheduler_choice.ts";
import type { UserColumn } from "../../src/schedule/cron/crontab_place.ts";

const file = (path: string, user: UserColumn = "detect"): SchedulerChoice => ({
  name: "crond",
  place: { kind: "file", path, user },
});
const program = (name: string): SchedulerChoice => ({ name: "crond", place: { kind: "program", program: name } });

for (
  const [text, expected] of [
    ["", { name: "systemd" }],
    [" auto ", { name: "systemd" }],
    ["systemd", { name: "systemd" }],
    ["crond", program("crontab")],
    ["crond: /opt/crontab ", program("/opt/crontab")],
    ["crontab:/etc/crontab", file("/etc/crontab")],
    ["crontab:*:/x", file("/x", "current")],
    ["crontab:-:/x", file("/x", "none")],
    ["crontab::/x", file("/x", "none")],
    ["crontab: some-user : /x", file("/x", { name: "some-user" })],
    ["crontab:C:/x", file("C:/x")],
    // unknown, without a file, of another system
    ["cron", undefined],
    ["CROND", undefined],
    ["crontab", undefined],
    ["crontab:", undefined],
    ["crontab:*:", undefined],
    ["crond:", undefined],
    ["systemd:x", undefined],
    ["launchd", undefined],
    ["taskscheduler", undefined],
  ] as const
) {
  Deno.test(`chooseScheduler() of "${text}" on Linux`, () =>
    assertEquals(chooseScheduler(text, "linux", () => true), expected));
}

for (
  const [os, expected] of [
    ["linux", program("crontab")], // without systemctl
    ["freebsd", program("crontab")],
    ["darwin", { name: "launchd" }],
    ["windows", { name: "taskscheduler" }],
  ] as const
) {
  Deno.test(`chooseScheduler() of "auto" without systemctl on ${os}`, () =>
    assertEquals(chooseScheduler("auto", os, () => false), expected));
}
