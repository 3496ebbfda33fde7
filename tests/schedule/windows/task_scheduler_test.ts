import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { type Action, ScheduleError } from "../../../src/schedule/action.ts";
import { parseCalendar } from "../../../src/schedule/calendar/calendar_event.ts";
import { taskScheduler } from "../../../src/schedule/windows/task_scheduler.ts";
import { triggersOf } from "../../../src/schedule/windows/task_triggers.ts";
import { taskXml } from "../../../src/schedule/windows/task_xml.ts";
import { formatTag } from "../../../src/schedule/xml.ts";
import { type FakeOptions, fakeWorld } from "../../support/fake_world.ts";
import { type JobParts, scheduledJob } from "../../support/scheduled_job.ts";

const NOW = Date.UTC(2026, 10, 23, 12, 34, 56); // a Monday
const TASK = "\\resticprofile backup\\home backup";
const OPTIONS = { start: true, reload: false };

function triggers(expression: string): string {
  const tags = triggersOf(parseCalendar(expression), NOW, () => false, () => 0);
  return tags.map((one) => formatTag(one, "").replaceAll("\n", "")).join("\n");
}

const daily = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>";
const trigger = (start: string, schedule: string, repetition = "") =>
  `<CalendarTrigger>${repetition}<StartBoundary>${start}</StartBoundary>${schedule}</CalendarTrigger>`;
const repeated = (interval: string, duration: string) =>
  `<Repetition><Interval>${interval}</Interval><Duration>${duration}</Duration></Repetition>`;

for (
  const [expression, expected] of [
    ["2027-01-02 03:04:05", "<TimeTrigger><StartBoundary>2027-01-02T03:04:05</StartBoundary></TimeTrigger>"],
    ["03:30", trigger("2026-11-24T03:30:00", daily)],
    ["*:*", trigger("2026-11-23T00:00:00", daily, repeated("PT1M", "P1D"))],
    ["*:0/15", trigger("2026-11-23T00:00:00", daily, repeated("PT15M", "PT23H46M"))],
    [
      // equal distances may wrap over midnight
      "Mon..Fri 9,17:00",
      trigger(
        "2026-11-23T09:00:00",
        "<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Monday/><Tuesday/><Wednesday/><Thursday/><Friday/></DaysOfWeek></ScheduleByWeek>",
        repeated("PT8H", "PT8H1M"),
      ),
    ],
    ["1,2,4:00", [1, 2, 4].map((hour) => trigger(`2026-11-24T0${hour}:00:00`, daily)).join("\n")],
    [
      "*-2,3-1,15 04:00",
      trigger(
        "2027-02-01T04:00:00",
        "<ScheduleByMonth><DaysOfMonth><Day>1</Day><Day>15</Day></DaysOfMonth><Months><February/><March/></Months></ScheduleByMonth>",
      ),
    ],
    [
      "Sun *-12-* 04:00",
      trigger(
        "2026-12-06T04:00:00",
        "<ScheduleByMonthDayOfWeek><Weeks><Week>1</Week><Week>2</Week><Week>3</Week><Week>4</Week><Week>Last</Week></Weeks>" +
          "<DaysOfWeek><Sunday/></DaysOfWeek><Months><December/></Months></ScheduleByMonthDayOfWeek>",
      ),
    ],
  ] as const
) {
  Deno.test(`triggersOf() "${expression}"`, () => assertEquals(triggers(expression), expected));
}

for (const expression of ["*-*~1", "10:00 Asia/Tokyo", "2027-*-1", "2020-01-01", "0..22,23:0..4,7"]) {
  Deno.test(`triggersOf() refuses "${expression}"`, () => {
    const error = assertThrows(() => triggers(expression), ScheduleError);
    assertStringIncludes(error.message, expression);
  });
}

const XML: [what: string, parts: JobParts, present: string[], absent: string[]][] = [
  [
    "of the system",
    {},
    ["<UserId>S-1-5-18</UserId>", "S4U", "HighestAvailable", "D:AI(A;;FA;;;BA)(A;;FA;;;SY)(A;;FRFX;;;LS)(A;;FR;;;AU)"],
    [],
  ],
  ["of a user", { permission: "user" }, ["<UserId>me</UserId>", "Password"], ["RunLevel", "SecurityDescriptor"]],
  ["of a session", { permission: "user_logged_on", runLevel: "lowest" }, ["InteractiveToken", "LeastPrivilege"], []],
  ["of the highest level", { permission: "user", runLevel: "highest" }, ["HighestAvailable"], []],
  ["that starts when available", { startWhenAvailable: true }, ["<StartWhenAvailable>true</StartWhenAvailable>"], []],
  ["as a rule", {}, ["<Priority>8</Priority>", "<WaitTimeout>PT1H</WaitTimeout>"], ["StartWhenAvailable"]],
  [
    "with blanks and quotes",
    { configFile: 'C:\\my "p".yaml', name: "a&b" },
    ["--config &quot;C:\\my \\&quot;p\\&quot;.yaml&quot; run-schedule backup@a&amp;b</Arguments>"],
    [],
  ],
  [
    "with a hidden window",
    { hideWindow: true },
    ["<Command>conhost.exe</Command>", "<Arguments>--headless /usr/bin/resticprofile --no-ansi --config"],
    [],
  ],
];
for (const [what, parts, present, absent] of XML) {
  Deno.test(`the description of a task ${what}`, () => {
    const text = taskXml(scheduledJob(parts), "me", NOW);
    for (const part of present) assertStringIncludes(text, part);
    for (const part of absent) assertEquals(text.includes(part), false, part);
  });
}

function open(options: FakeOptions = {}) {
  const world = fakeWorld({ os: "windows", env: { USERDOMAIN: "PC" }, ...options });
  return { world, scheduler: taskScheduler(world) };
}

function shown(actions: readonly Action[]): string[] {
  return actions.map((action) =>
    action.kind === "run" ? action.args.join(" ") : `${action.kind} ${"path" in action ? action.path : ""}`
  );
}

const LIST = `"\\resticprofile backup\\home backup","N/A","Ready"\r\n"\\Other","N/A","Ready"\r\n`;

Deno.test("a task is made from a temporary file; one that is there is deleted before", async () => {
  const fresh = open();
  const made = await fresh.scheduler.install(scheduledJob(), OPTIONS);
  const path = `${fresh.world.tempDir()}/task.xml`;
  const creation = [`write ${path}`, `/create /tn ${TASK} /xml ${path}`, `remove ${path}`];
  assertEquals(shown(made.actions), creation);
  const again = open({ programs: { "schtasks.exe /query": { stdout: LIST } } });
  const replaced = await again.scheduler.install(scheduledJob(), OPTIONS);
  assertEquals(shown(replaced.actions), [`/delete /f /tn ${TASK}`, ...creation]);
});

Deno.test("the password is asked for once, and kept out of messages", async () => {
  const { world, scheduler } = open({ stdin: "hidden\nother\n" });
  const job = scheduledJob({ permission: "user" });
  await scheduler.install(job, OPTIONS);
  const { actions } = await scheduler.install(job, OPTIONS);
  const creation = actions[1];
  assertEquals(creation?.kind === "run" && [creation.args.slice(-4), creation.secrets], [
    ["/ru", "PC\\user", "/rp", "hidden"],
    ["hidden"],
  ]);
  assertEquals(world.printed.stderr.match(/Password/g)?.length, 1);
});

for (const name of ['a"', "a'", "a&b", "a|b", "a<b", "a>b", "a^b"]) {
  Deno.test(`a task cannot be called ${name}`, async () => {
    await assertRejects(() => open().scheduler.install(scheduledJob({ name }), OPTIONS), ScheduleError);
  });
}

Deno.test("weekdays with days of the month are left out, with a warning, or refused if nothing else is there", async () => {
  const times = ["Mon *-*-1..7 10:00", "daily"];
  const { warnings } = await open().scheduler.install(scheduledJob({ times }), OPTIONS);
  assertStringIncludes(warnings.join(), "Mon *-*-1..7 10:00");
  const only = scheduledJob({ times: times.slice(0, 1) });
  await assertRejects(() => open().scheduler.install(only, OPTIONS), ScheduleError);
});

Deno.test("a window is hidden in sessions only", async () => {
  const { warnings } = await open().scheduler.install(scheduledJob({ hideWindow: true }), OPTIONS);
  assertStringIncludes(warnings.join(), "schedule-hide-window");
});

Deno.test("list() reads the command lines of our tasks; status() shows what Windows says", async () => {
  const verbose = [
    "TaskName:                             \\resticprofile backup\\home backup",
    "Status:                               Ready",
    "Logon Mode:                           Interactive only",
    'Task To Run:                          C:\\x.exe --no-ansi --config "my p.yaml" run-schedule backup@home',
    "Start In:                             C:\\work",
    "Run As User:                          me",
    "",
  ].join("\r\n");
  const programs = { "schtasks.exe /query /nh": { stdout: LIST }, "schtasks.exe /query /fo": { stdout: verbose } };
  const { scheduler } = open({ programs });
  const { jobs } = await scheduler.list();
  assertEquals(jobs, [{
    id: TASK,
    command: "backup",
    name: "home",
    configFile: "my p.yaml",
    workingDir: "C:\\work",
    permission: "user_logged_on",
    times: [],
  }]);
  assertEquals(shown(await scheduler.remove(jobs[0]!)), [`/delete /f /tn ${TASK}`]);
  const [query] = scheduler.status(jobs[0]!).actions;
  const text = query?.kind === "run" ? query.show?.(verbose) ?? "" : "";
  assertStringIncludes(text, "  logon mode: Interactive only\n  working directory: C:\\work\n");
});
