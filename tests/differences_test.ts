/**
 * Where this program does better than the original by intent: each row of the specification's tables has a test whose title names
 * it. Here is what the numbers stand for.
 */
import { assertEquals } from "@std/assert";

/** "Running a profile", section 17: rows of each table, from the top. Of the preview, `serve`, `send` and `--remote`, none is built. */
const RUN = {
  "lock": [
    "the own PID comes first; the owner is alive if any PID of the file is",
    "start time and boot tell whether a PID means the same process still",
    "a lock of another machine is never stale",
    "a file without a PID is dead after a minute",
    "exactly one of those that force wins; a lock that is not its own stays",
    "the file appears complete",
    "an attempt each second, never longer than the wait",
    "the real reason when the file cannot be created",
    "a relative lock is beside the configuration file",
    "SIGHUP, SIGQUIT, a crash: the lock is released",
  ],
  "restic's locks": [
    "unlock gets the flags of profile and section alone",
    "restic's dry run neither unlocks nor initializes",
    "only time spent waiting uses up the wait",
    "only the outcome of several attempts is reported",
    "exit status 11 counts; the owner in JSON ends at its line",
  ],
  "processes": [
    "no step starts after a signal; a second one ends the hook, a third the tool",
    "a child that survives the signal: the same",
    "restic gets the signal, whatever the shell",
    "both streams are read at the same time, lines of any length",
    "restic's input stays open until it has ended after a failed stdin-command",
    "restic has the terminal as its input",
    "nice and ionice are for children only",
    "restic's version is asked once",
    "battery, memory, priority, restic matter to commands that run restic",
    "free memory is the container's",
    "prevent-sleep has one warning",
    "crashes are failures",
  ],
  "results": [
    "a group with continue-on-error exits with 1",
    "restic-exit-status",
    "failures before restic starts reach status file and metrics",
    "restic's dry run leaves monitoring alone",
  ],
  "output": [
    "data of dump and cat go to standard output",
    "verbose wins over quiet",
    "a dry run is always shown",
    "each profile starts at the level of the flags",
    "RESTICPROFILE_STDERR and RESTICPROFILE_NO_ANSI",
    "secrets are masked in trace",
    "logs: the reason, folders, from the start",
    "--no-ansi leaves restic its progress",
    "syslog: no empty messages, one for each line",
  ],
  "monitoring": [
    "the status file loses nothing",
    "the last 64 KiB of standard error",
    "paths are expanded, folders made",
    "all forms of summaries are read",
    "labels are legal",
    "pushes have timeout, certificates, proxies",
  ],
} as const;

/** "Hooks", section 9. */
const HOOKS = [
  ".Stdout is what restic printed",
  "hooks are sent when the lock is not obtained, or the run cannot start",
  "dead receivers do not add up",
  "retries",
  "$ERROR_MESSAGE and $RESTIC_STDERR in url and body",
  "blanks and non-ASCII text in a query are encoded",
  "standard error that is too long for a variable is cut",
  "templates and certificates are relative to the configuration, with base-dir too",
  "~ in ca-certificates",
  "send-timeout: a number is seconds, what is unusable an error",
  "a body wins over a template that cannot be read",
  "method in upper case",
  "a Host header is sent",
  "warnings say which hook",
  "failures of run-after-fail are shown",
  "secrets are masked in what is shown",
  "no step starts after a hook that survives a signal",
  "a failed stdin-command has its own command line and standard error",
  "an inherited failure does not reach hooks",
  "a bad stream-error pattern is found when the profile is loaded",
  "misspelt keys are warned of",
  "a dry run that restic does not have is refused",
  "a group with continue-on-error exits with 1",
  "json in templates",
  "an internal crash is a failure of its step",
] as const;

/** "Templates", section 13. */
const TEMPLATES = [
  "the main file can use templates of its includes",
  ".ConfigDir is absolute",
  "$$ of patterns and paths is one $, and nothing is expanded twice",
  "$$ of flags is $, an unknown variable stays as it was written",
  "custom units without ExecStart are skipped",
  "unit templates are executed before anything is written",
  "join takes the lists of unit data",
  "randInt takes any integer",
  "json makes a quoted text",
  "the manual's or",
  "an unset variable is told",
  ".Now without the monotonic clock",
  "messages name path, line, column and the fields that are there",
  "lines around a mistake in a result",
  ".Stdout",
  ".Schedule.Name",
  "{{ env }} makes its file when a profile is loaded",
  "body and unit templates are decoded",
  "TZ in its POSIX form",
  "variables that differ in case",
] as const;

/** "Command line of restic", section 13: its points are numbered there. */
const COMMAND_LINE_POINTS = 30;

/** "Configuration", section 14: B1, B2, … */
const CONFIGURATION_POINTS = 23;

const OWN_PATH = new URL(import.meta.url).pathname;

const titles = testTitles(new URL(".", import.meta.url).pathname);

for (const [table, rows] of Object.entries(RUN)) {
  rows.forEach((subject, index) => {
    const row = `${table} ${index + 1}`;
    Deno.test(`run.md 17, ${row}, has a test: ${subject}`, () => assertEquals(isNamed("run.md 17", row), true));
  });
}

for (const [section, rows] of [["hooks.md 9", HOOKS], ["templates.md 13", TEMPLATES]] as const) {
  rows.forEach((subject, index) => {
    const row = `${index + 1}`;
    Deno.test(`${section}, ${row}, has a test: ${subject}`, () => assertEquals(isNamed(section, row), true));
  });
}

for (let point = 1; point <= CONFIGURATION_POINTS; point++) {
  Deno.test(`config.md B${point} has a test`, () => {
    const mark = new RegExp(`^["\`]B${point} `);
    assertEquals(titles.some((title) => mark.test(title)), true);
  });
}

for (let point = 1; point <= COMMAND_LINE_POINTS; point++) {
  Deno.test(`command-line.md 13.${point} has a test`, () => {
    const mark = new RegExp(`^["\`]13\\.${point} `);
    assertEquals(titles.some((title) => mark.test(title)), true);
  });
}

/** A title ends in what it covers, as `(run.md 17: lock 10, processes 12; hooks.md 9: 25)`. */
function isNamed(section: string, row: string): boolean {
  return titles.some((title) => {
    const parts = /\(([^()]+)\)["`]$/.exec(title)?.[1]?.split("; ") ?? [];
    const rows = parts.find((part) => part.startsWith(`${section}: `))?.slice(section.length + 2);
    return rows?.split(", ").includes(row) ?? false;
  });
}

/** Texts of the tests, in which titles are made; this file's own apart. */
function testTitles(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}${name}`;
    if (isDirectory) return testTitles(`${path}/`);
    if (!name.endsWith("_test.ts") || path === OWN_PATH) return [];
    return Deno.readTextFileSync(path).match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  });
}
