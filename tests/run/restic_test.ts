import { assertEquals, assertStringIncludes } from "@std/assert";
import { failureOf } from "../../src/model/outcome.ts";
import type { ResticStep } from "../../src/model/plan.ts";
import { Secret } from "../../src/model/secret.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { job, resticStep, shellStep } from "../support/job.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { runSteps } from "../support/run_steps.ts";

const MINUTE_MS = 60_000;
const NICE = { "/usr/bin/nice": { text: "", mode: 0o755 } };
Deno.test("restic is started itself and gets the signal, whatever the shell of the hooks", async () => {
  const world = fakeWorld({ programs: { restic: { durationMs: MINUTE_MS } } });
  world.clock.at(1_000, () => world.raise("SIGTERM"));
  await runJob(job([resticStep("backup")], { shells: ["sh"] }), world, () => {}, watchSignals(world));
  assertEquals(world.ran.map(({ line, signals }) => [line, signals]), [["/usr/bin/restic backup", ["SIGINT"]]]);
});

Deno.test("late words come from the environment of the moment", async () => {
  const step = resticStep("backup", { args: ["backup", { late: "variables", text: "--tag=$PROFILE_NAME,$UNKNOWN" }] });
  const { lines } = await runSteps([step]);
  assertEquals(lines, ["backup --tag=home,$UNKNOWN"]);
});

for (
  const [word, reason] of [
    ["--host=$NONE", 'Nothing is left of "--host=$NONE"'],
    ["--tag=a,$NONE", 'Nothing is left of "--tag=a,$NONE"'],
    ["--keep-within=$NONE", 'Nothing is left of "--keep-within=$NONE"'],
    ["--keep-tag=$UNKNOWN", 'Nothing is left of "--keep-tag=$UNKNOWN"'],
    ["--keep-last=$LESS", '"--keep-last=-1" is negative'],
    ["--keep-last=$MORE", undefined],
    ["--tag=$UNKNOWN", undefined],
    ["--keep-tag=5$", undefined],
  ] as const
) {
  Deno.test(`what decides about snapshots comes out of its variables, or restic is not started: ${word}`, async () => {
    const step = resticStep("forget", { args: ["forget", { late: "variables", text: word, isDeciding: true }] });
    const variables = [["NONE", ""], ["LESS", "-1"], ["MORE", "3"]].map(([name, value]) =>
      [name!, new Secret(value!)] as const
    );
    const { lines, failure, ended } = await runSteps([step], {
      environment: { files: [], variables, fixed: [["NONE", ""]] },
    });
    assertEquals(lines.length, reason === undefined ? 1 : 0);
    assertEquals(failure === undefined, reason === undefined);
    if (reason !== undefined) assertStringIncludes(failureOf(ended[0]!.result)!.message, reason);
  });
}

Deno.test("a step that is refused fails before restic starts: its hooks for failures run, and monitoring is told", async () => {
  const steps = [
    resticStep("backup"),
    resticStep("forget", { refusal: "no path", report: "retention", stage: "backup retention on profile 'home'" }),
    resticStep("check"),
    shellStep("run-after-fail[0]", "cry", { when: "failure" }),
  ];
  const { lines, failure, exitStatus, ended } = await runSteps(steps);
  assertEquals(lines, ["backup", "cry"]);
  assertEquals([failure?.message, exitStatus], ["backup retention on profile 'home': no path", 1]);
  assertEquals(ended.map(({ step, result }) => [step.report, failureOf(result)?.cause]), [
    ["backup", undefined],
    ["retention", "no path"],
  ]);
});

Deno.test("a quiet init drops its standard error", async () => {
  const steps = [resticStep("init", { quiet: true, onError: "ignore" }), resticStep("backup")];
  const { output, failure } = await runSteps(steps, {}, {
    programs: { "restic init": { code: 1, stderr: "exists\n" } },
  });
  assertEquals([output(), failure], ["", undefined]);
});

const JSON_LINES = `plain line
{"message_type":"status","percent_done":0.5}
\r\x1b[2K{"message_type":"verbose_status"}
{"message_type":"summary","files_new":4}`;

for (
  const { name, step, shown, filesNew } of [
    {
      name: "hides JSON and reads its summary",
      step: { summary: "json", hideJson: true },
      shown: "plain line\n",
      filesNew: 4,
    },
    { name: "shows JSON that nobody asked for", step: {}, shown: JSON_LINES, filesNew: undefined },
  ] satisfies { name: string; step: Partial<ResticStep>; shown: string; filesNew: number | undefined }[]
) {
  Deno.test(`standard output of restic: ${name}`, async () => {
    const steps = [resticStep("backup", { stdout: "read", ...step })];
    const { output, ended } = await runSteps(steps, {}, { programs: { restic: { stdout: JSON_LINES } } });
    assertEquals([output(), ended[0]?.outcome.summary?.filesNew], [shown, filesNew]);
  });
}

for (
  const { errorsInWords, stderr } of [
    { errorsInWords: true, stderr: "plain\nerror: open /x: permission denied\nFatal: no\n" },
    {
      errorsInWords: false,
      stderr: 'plain\n{"message_type":"error","error":{"message":"open /x: permission denied"}}\n' +
        '{"message_type":"exit_error","code":3,"message":"Fatal: no"}\n',
    },
  ]
) {
  Deno.test(`errors of restic in JSON are ${errorsInWords ? "sentences for people" : "as they are for who asked"}`, async () => {
    const steps = [resticStep("backup", { stdout: "read", errorsInWords })];
    const said = 'plain\n{"message_type":"error","error":{"message":"open /x: permission denied"}}\n' +
      '{"message_type":"exit_error","code":3,"message":"Fatal: no"}\n';
    const { output, failure } = await runSteps(steps, {}, { programs: { restic: { code: 1, stderr: said } } });
    assertEquals([output(), failure?.stderr], [stderr, stderr]);
  });
}

Deno.test("standard error of restic is kept without the characters that clear its progress", async () => {
  const stderr = "\r\x1b[2Kone\n\x1b[2Ktwo\r\n\rsignal\n";
  const { failure } = await runSteps([resticStep("backup")], {}, { programs: { restic: { code: 1, stderr } } });
  assertEquals(failure?.stderr, "one\ntwo\r\nsignal\n");
});

Deno.test("hooks get the time of their start in NOW, restic does not; a variable of that name stays what it is", async () => {
  const steps = [shellStep("run-before[0]", "first"), resticStep("backup"), shellStep("run-after[0]", "last")];
  const nows = async (variables: [string, Secret][]) => {
    const environment = { files: [], variables, fixed: [] };
    const { world } = await runSteps(steps, { environment }, { programs: { restic: { durationMs: 3_600_000 } } });
    return world.ran.map(({ command }) => command.env.NOW);
  };
  const [before, restic, after] = await nows([]);
  assertEquals(Date.parse(after!) - Date.parse(before!), 3_600_000);
  assertEquals(restic, undefined);
  assertEquals(await nows([["NOW", new Secret("mine")]]), ["mine", "mine", "mine"]);
});

Deno.test("variables that the configuration replaces are not inherited, but those of env are there", async () => {
  const env = { RESTIC_REPOSITORY_FILE: "/theirs", OTHER: "x" };
  const seen = async (variables: [string, Secret][]) => {
    const environment = { files: [], without: ["RESTIC_REPOSITORY_FILE"], variables, fixed: [] };
    const { world } = await runSteps([resticStep("backup")], { environment }, { env });
    const { RESTIC_REPOSITORY_FILE, OTHER } = world.ran[0]!.command.env;
    return [RESTIC_REPOSITORY_FILE, OTHER];
  };
  assertEquals(await seen([]), [undefined, "x"]);
  assertEquals(await seen([["RESTIC_REPOSITORY_FILE", new Secret("/ours")]]), ["/ours", "x"]);
});

Deno.test("standard output of restic is not touched when nobody reads it", async () => {
  const { world } = await runSteps([resticStep("backup")]);
  const { stdin, stdout, stderr } = world.ran[0]?.command ?? {};
  assertEquals([stdin, stdout, stderr], ["null", "inherit", "piped"]);
});

Deno.test("a line of megabytes on standard output passes, JSON or not", async () => {
  const long = `{"message_type":"${"x".repeat(3_000_000)}"}\n`;
  const steps = [resticStep("backup", { stdout: "read", summary: "json", hideJson: true })];
  const { output } = await runSteps(steps, {}, {
    programs: { restic: { stdout: `${long}{"message_type":"status"}\nend\n` } },
  });
  assertEquals(output(), `${long}end\n`);
});

Deno.test("hooks of dump write to standard error", async () => {
  const { events } = await runSteps([shellStep("run-before[0]", "hook")], { hookStdout: "stderr" }, {
    programs: { hook: { stdout: "hello" } },
  });
  assertEquals(events.flatMap((event) => event.type === "output" ? [event.stream] : []), ["stderr"]);
});

for (
  const { name, nice, own, files, line, set } of [
    { name: "set on it", nice: 5, own: 0, files: {}, line: "", set: 5 },
    { name: "of the program nice", nice: 5, own: 0, files: NICE, line: "/usr/bin/nice -n 5 ", set: undefined },
    { name: "relative to the tool's own", nice: 5, own: 3, files: NICE, line: "/usr/bin/nice -n 2 ", set: undefined },
    { name: "below the tool's own", nice: -5, own: 0, files: NICE, line: "", set: -5 },
  ]
) {
  Deno.test(`a child gets the niceness ${name}, and ionice`, async () => {
    const stat = { "/proc/1000/stat": `1000 (tool) S${" 0".repeat(15)} ${own} 0` };
    const priority = { nice, io: { class: 2, level: 7 } };
    const { world } = await runSteps([resticStep("backup")], { priority }, { files: { ...files, ...stat } });
    const { line: ran, command } = world.ran[0] ?? {};
    assertEquals([ran, command?.nice], [`${line}ionice -c 2 -n 7 /usr/bin/restic backup`, set]);
  });
}

for (
  const [io, words] of [
    [{ class: 3, level: undefined }, "-c 3"],
    [{ class: 2, level: 0 }, "-c 2 -n 0"],
    [{ class: 1, level: 7 }, "-c 1 -n 7"],
  ] as const
) {
  Deno.test(`a child gets an I/O priority with the words ${words}`, async () => {
    const { world } = await runSteps([resticStep("backup")], { priority: { nice: undefined, io } });
    assertEquals(world.ran[0]?.line, `ionice ${words} /usr/bin/restic backup`);
  });
}

const STREAM = "one ERROR\nfine\ntwo ERROR\nthree ERROR\nfour ERROR";

Deno.test("stream-error: matches are counted for each pattern, lines looked at in order", async () => {
  const streamErrors = [
    { pattern: "ERROR$", run: "each", minMatches: 0, maxRuns: 0 },
    { pattern: "ERROR", run: "second", minMatches: 2, maxRuns: 0 },
    { pattern: "^(two|three) ", run: "once", minMatches: 0, maxRuns: 1 },
  ];
  const { world, failure } = await runSteps([resticStep("backup")], { streamErrors }, {
    programs: { restic: { stderr: STREAM } },
  });
  const callbacks = world.ran.slice(1).map(({ line, stdin }) => `${line.replace(/^.* /, "")} ${stdin}`);
  assertEquals(callbacks, [
    "each one ERROR",
    "each two ERROR",
    "second two ERROR",
    "once two ERROR",
    "each three ERROR",
    "each four ERROR",
    "second four ERROR",
  ]);
  assertEquals(failure, undefined);
});

Deno.test("stream-error: a callback that fails is a warning; what it prints is not restic's", async () => {
  const streamErrors = [{ pattern: "ERROR", run: "callback", minMatches: 0, maxRuns: 0 }];
  const programs = { restic: { code: 1, stderr: "an ERROR\n" }, callback: { code: 3, stderr: "callback ERROR\n" } };
  const { failure, messages, world, output } = await runSteps([resticStep("backup")], { streamErrors }, { programs });
  assertEquals([failure?.stderr, world.ran.length, output()], ["an ERROR\n", 2, "an ERROR\ncallback ERROR\n"]);
  assertStringIncludes(messages().join("\n"), "warning: stream-error on profile 'home': exit status 3");
});

Deno.test("stream-error: init is not watched, a bad pattern fails the command", async () => {
  const streamErrors = [{ pattern: "(", run: "callback", minMatches: 0, maxRuns: 0 }];
  const programs = { restic: { stderr: "ERROR (\n" } };
  const { lines, failure } = await runSteps(
    [resticStep("init", { watched: false }), resticStep("backup")],
    { streamErrors },
    { programs },
  );
  assertEquals(lines, ["init"]);
  assertStringIncludes(failure?.message ?? "", "backup on profile 'home': Cannot read pattern");
});

Deno.test("restic: neither command line nor what was filtered shows the password of an address, blanks in it or not", async () => {
  const args = ["check", "--repo=rest:http://me:hid den@host/"];
  const { messages, lines } = await runSteps([
    resticStep("check", { args, unfiltered: [...args, "--from-repo=b2:x"] }),
  ]);
  assertEquals(lines, ["check --repo=rest:http://me:hid den@host/"]);
  const told = messages().filter((text) => text.includes("--repo="));
  assertEquals(told.map((text) => text.includes("me:×××@host/")), [true, true], told.join("\n"));
  assertEquals(told.filter((text) => text.includes("den")), []);
});
