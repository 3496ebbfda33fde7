import { assertEquals } from "@std/assert";
import { profileSchedules } from "../../src/config/values/schedule_tables.ts";
import { scheduleRules } from "../../src/jobs/schedule_rules.ts";
import type { ScheduleRules } from "../../src/model/invocation.ts";
import { configuration } from "../support/configuration.ts";

/** Rules for `check@default`. @param check keys of the section */
async function rulesOf(check: string, defaults = "{}"): Promise<ScheduleRules> {
  const loaded = await configuration(`global: {schedule-defaults: ${defaults}}\ndefault: {check: {${check}}}`);
  const [entry] = profileSchedules(await loaded.profile("default"), loaded);
  return scheduleRules(entry!, "/conf", "linux");
}

const RULES: [schedule: string, rules: Partial<ScheduleRules>][] = [
  ["", { log: undefined, commandOutput: undefined, ignoreOnBattery: 0, lockMode: "default", lockWaitMs: 0 }],
  [", log: x.log", { log: "/conf/x.log" }],
  [", log: /x.log", { log: "/x.log" }],
  [", log: 'temp:x.log'", { log: "temp:x.log" }],
  [", log: 'syslog://host'", { log: "syslog://host" }],
  [", log: '-'", { log: "-" }],
  [", command-output: all", { commandOutput: "all" }],
  [", ignore-on-battery: true", { ignoreOnBattery: 100 }],
  [", ignore-on-battery-less-than: 30", { ignoreOnBattery: 30 }],
  [", ignore-on-battery: true, ignore-on-battery-less-than: 30", { ignoreOnBattery: 30 }],
  [", ignore-on-battery: false, ignore-on-battery-less-than: 30", { ignoreOnBattery: 0 }],
  [", lock-wait: 30s", { lockMode: "default", lockWaitMs: 30_000 }],
  [", lock-mode: fail, lock-wait: 30s", { lockMode: "fail", lockWaitMs: 30_000 }],
  [", lock-mode: ignore", { lockMode: "ignore" }],
];
for (const [schedule, wanted] of RULES) {
  Deno.test(`the rules of a schedule with "${schedule.slice(2)}"`, async () => {
    const rules = await rulesOf(`schedule: {at: daily${schedule}}`);
    const found = Object.keys(wanted).map((key) => [key, rules[key as keyof ScheduleRules]]);
    assertEquals(Object.fromEntries(found), wanted);
  });
}

Deno.test("ignore-on-battery-less-than works in schedule-defaults, and beside schedule", async () => {
  const inDefaults = await rulesOf("schedule: daily", "{ignore-on-battery-less-than: 20}");
  const beside = await rulesOf("schedule: daily, schedule-ignore-on-battery-less-than: 10");
  assertEquals([inDefaults.ignoreOnBattery, beside.ignoreOnBattery], [20, 10]);
});
