import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Action, ScheduleError } from "../../../src/schedule/action.ts";
import { parseCalendar } from "../../../src/schedule/calendar/calendar_event.ts";
import { calendarOfInterval, intervalsOf, lostByLaunchd } from "../../../src/schedule/launchd/calendar_intervals.ts";
import { launchd } from "../../../src/schedule/launchd/launchd.ts";
import { formatPlist, parsePlist } from "../../../src/schedule/launchd/plist.ts";
import { jobUser } from "../../../src/schedule/job_user.ts";
import { type FakeOptions, fakeWorld } from "../../support/fake_world.ts";
import { type JobParts, scheduledJob } from "../../support/scheduled_job.ts";

const LABEL = "local.resticprofile.home.backup";
const DAEMON = `/Library/LaunchDaemons/${LABEL}.plist`;
const AGENT = `/home/user/Library/LaunchAgents/${LABEL}.agent.plist`;
const OPTIONS = { start: true, reload: false };
const UNKNOWN = { "launchctl print": { code: 113 } };

function open(options: FakeOptions = {}) {
  const world = fakeWorld({ os: "darwin", uid: 0, programs: UNKNOWN, ...options });
  return launchd(jobUser(world), world);
}

async function plistOf(parts: JobParts, options: FakeOptions = {}): Promise<string> {
  const { actions } = await open(options).install(scheduledJob(parts), OPTIONS);
  const write = actions.find(({ kind }) => kind === "write");
  return write?.kind === "write" ? write.text : "";
}

function shown(actions: readonly Action[]): string[] {
  return actions.map((action) =>
    action.kind === "run"
      ? [action.program, ...action.args].join(" ")
      : `${action.kind} ${"path" in action ? action.path : ""}`
  );
}

Deno.test("the property list of a plain job", async () => {
  assertEquals(
    await plistOf({ times: ["Mon 10:30"], environment: [["RESTIC_X", "<&>"]] }),
    `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
	<dict>
		<key>EnvironmentVariables</key>
		<dict>
			<key>PATH</key>
			<string>/usr/bin:/bin</string>
			<key>RESTICPROFILE_SCHEDULE_ID</key>
			<string>profiles.yaml:backup@home</string>
			<key>RESTIC_X</key>
			<string>&lt;&amp;&gt;</string>
		</dict>
		<key>Label</key>
		<string>${LABEL}</string>
		<key>LimitLoadToSessionType</key>
		<string>System</string>
		<key>Nice</key>
		<integer>0</integer>
		<key>ProcessType</key>
		<string>Standard</string>
		<key>Program</key>
		<string>/usr/bin/resticprofile</string>
		<key>ProgramArguments</key>
		<array>
			<string>/usr/bin/resticprofile</string>
			<string>--no-prio</string>
			<string>--no-ansi</string>
			<string>--config</string>
			<string>profiles.yaml</string>
			<string>run-schedule</string>
			<string>backup@home</string>
		</array>
		<key>StandardErrorPath</key>
		<string>${LABEL}.log</string>
		<key>StandardOutPath</key>
		<string>${LABEL}.log</string>
		<key>StartCalendarInterval</key>
		<array>
			<dict>
				<key>Hour</key>
				<integer>10</integer>
				<key>Minute</key>
				<integer>30</integer>
				<key>Weekday</key>
				<integer>1</integer>
			</dict>
		</array>
		<key>WorkingDirectory</key>
		<string>/work</string>
	</dict>
</plist>
`,
  );
});

for (
  const [what, parts, present, absent] of [
    ["background", { priority: "background" }, ["<key>LowPriorityIO</key>", "<integer>5</integer>"], []],
    ["a log of its own", { hasLog: true }, [], ["StandardOutPath", "StandardErrorPath"]],
    ["no permission", { permissionIsGuessed: true }, [], ["LimitLoadToSessionType"]],
    ["the permission user", { permission: "user" }, ["<string>Background</string>"], []],
    ["the permission user_logged_on", { permission: "user_logged_on" }, ["<string>Aqua</string>"], []],
    ["a captured PATH", { environment: [["PATH", "/mine"]] }, ["<string>/mine</string>"], ["/usr/bin:/bin"]],
  ] as const
) {
  Deno.test(`the property list with ${what}`, async () => {
    const text = await plistOf(parts);
    for (const part of present) assertStringIncludes(text, part);
    for (const part of absent) assertEquals(text.includes(part), false, part);
  });
}

for (
  const [expression, intervals] of [
    ["daily", [{ Hour: 0, Minute: 0 }]],
    ["*:*", [{}]], // no StartCalendarInterval: the job never runs
    ["Sat,Sun *:30", [{ Weekday: 6, Minute: 30 }, { Weekday: 0, Minute: 30 }]],
    ["*-1,2-3 4:0,30", [
      { Month: 1, Day: 3, Hour: 4, Minute: 0 },
      { Month: 1, Day: 3, Hour: 4, Minute: 30 },
      { Month: 2, Day: 3, Hour: 4, Minute: 0 },
      { Month: 2, Day: 3, Hour: 4, Minute: 30 },
    ]],
    ["0/12:05", [{ Hour: 0, Minute: 5 }, { Hour: 12, Minute: 5 }]],
  ] as const
) {
  Deno.test(`intervalsOf() "${expression}"`, () =>
    assertEquals<unknown>(intervalsOf(parseCalendar(expression), () => false), intervals));
}

// Day and Weekday in one interval are OR-ed
for (const expression of ["Mon *-*-1..7 10:00", "*-*~1", "10:00 Asia/Tokyo"]) {
  Deno.test(`intervalsOf() refuses "${expression}"`, () => {
    const error = assertThrows(() => intervalsOf(parseCalendar(expression), () => false), ScheduleError);
    assertStringIncludes(error.message, expression);
    assertStringIncludes(error.message, "launchd");
  });
}

Deno.test("lostByLaunchd() names year and seconds", () => {
  assertEquals(lostByLaunchd(parseCalendar("10:00")), []);
  assertEquals(lostByLaunchd(parseCalendar("2027-01-02 10:00:05")).length, 2);
});

Deno.test("calendarOfInterval() goes back", () => {
  assertEquals(calendarOfInterval({ Weekday: 7, Hour: 3 }), "Sun *-*-* 3:*");
  assertEquals(calendarOfInterval({}), "*-*-* *:*");
});

Deno.test("parsePlist() reads what formatPlist() writes", () => {
  const value = { a: ["x & <y>", 5, true, false, {}, [], ""], b: { c: "" } };
  assertEquals(parsePlist(formatPlist(value)), value);
});

Deno.test("a job that launchd knows is removed before", async () => {
  const unknown = await open().install(scheduledJob(), OPTIONS);
  assertEquals(shown(unknown.actions), [`write ${DAEMON}`, `/bin/launchctl bootstrap system ${DAEMON}`]);
  const known = await open({ programs: {} }).install(scheduledJob(), OPTIONS);
  assertEquals(shown(known.actions).slice(0, 2), [`/bin/launchctl bootout system/${LABEL}`, `remove ${DAEMON}`]);
});

for (const [permission, domain] of [["user", "user/1000"], ["user_logged_on", "gui/1000"]] as const) {
  Deno.test(`the permission ${permission} means the domain ${domain}, for the user behind sudo`, async () => {
    const env = { SUDO_UID: "1000" };
    const { actions } = await open({ env }).install(scheduledJob({ permission }), OPTIONS);
    assertEquals(shown(actions), [`write ${AGENT}`, `/bin/launchctl bootstrap ${domain} ${AGENT}`]);
    const [write] = actions;
    assertEquals(write?.kind === "write" && [write.owner, write.folderMode], [{ uid: 1000, gid: 1000 }, 0o700]);
  });
}

Deno.test("list() reads both folders and takes names whole; remove() and status() use what was found", async () => {
  const text = await plistOf({ permission: "user", times: ["daily"] }, { uid: 1000 });
  const system = await plistOf({ name: "home.office" });
  const files = {
    [AGENT]: text,
    "/Library/LaunchDaemons/local.resticprofile.home.office.backup.plist": system,
    "/Library/LaunchDaemons/local.resticprofile.broken.plist": "x",
    "/Library/LaunchDaemons/com.other.plist": text,
  };
  const scheduler = open({ files, uid: 1000 });
  const { jobs, warnings } = await scheduler.list();
  assertEquals(jobs.map(({ name, permission, times }) => [name, permission, times]), [
    ["home.office", "system", ["*-*-* 0:0"]],
    ["home", "user", ["*-*-* 0:0"]],
  ]);
  assertEquals(warnings.length, 1);
  assertEquals(shown(await scheduler.remove(jobs[1]!)), [
    `/bin/launchctl bootout user/1000/${LABEL}`,
    `remove ${AGENT}`,
  ]);
  const [print] = scheduler.status(jobs[1]!).actions;
  const output =
    `user/1000/${LABEL} = {\n\tstate = waiting\n\truns = 3\n\tlast exit code = 0\n\tother = x\n\t\truns = 9\n}\n`;
  assertEquals(
    print?.kind === "run" && print.show?.(output),
    `  service: ${LABEL}\n  domain: user/1000\n  state: waiting\n  runs: 3\n  last exit code: 0\n`,
  );
});
