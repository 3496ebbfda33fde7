import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { RunEvent } from "../../src/model/event.ts";
import type { LogLevel } from "../../src/model/invocation.ts";
import { type MessageSettings, openMessages } from "../../src/report/messages.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";
import { job, resticStep, shellStep } from "../support/job.ts";

const SETTINGS: MessageSettings = {
  level: "info",
  style: { stderr: false, colours: true, theme: "light" },
  target: undefined,
  commandOutput: "auto",
  format: "text",
};
const AT = new Date(2026, 10, 23, 12, 34, 56).getTime();
const STAMP = "2026/11/23 12:34:56";
const INSIDE = { at: AT, run: "run", job: "job" };
const SPAN = { startedAt: AT, durationMs: 1 };
const message = (level: LogLevel, text: string): RunEvent => ({ ...INSIDE, type: "message", level, text });
const output = (text: string, stream: "stdout" | "stderr" = "stdout"): RunEvent => ({
  ...INSIDE,
  type: "output",
  stream,
  bytes: new TextEncoder().encode(text),
});

async function told(
  settings: Partial<MessageSettings>,
  events: readonly RunEvent[],
  options: FakeOptions = {},
): Promise<FakeWorld> {
  const world = fakeWorld(options);
  const messages = await openMessages({ ...SETTINGS, ...settings }, world, "run");
  events.forEach(messages.tell);
  await messages.settle();
  messages.close();
  return world;
}

Deno.test("messages have one prefix, even of several lines", async () => {
  const { printed } = await told({}, [message("info", "one\ntwo"), message("error", "three")]);
  assertEquals(printed, { stdout: `${STAMP} one\ntwo\n${STAMP} three\n`, stderr: "" });
});

Deno.test("--stderr moves messages, not output", async () => {
  const { printed } = await told({ style: { ...SETTINGS.style, stderr: true } }, [
    message("info", "one"),
    output("data"),
    output("trouble", "stderr"),
  ]);
  assertEquals(printed, { stdout: "data", stderr: `${STAMP} one\ntrouble` });
});

const EVERY_LEVEL: LogLevel[] = ["trace", "debug", "info", "warning", "error"];
for (const [index, level] of EVERY_LEVEL.entries()) {
  Deno.test(`level ${level} shows ${EVERY_LEVEL.length - index} of five levels`, async () => {
    const { printed } = await told({ level }, EVERY_LEVEL.map((each) => message(each, each)));
    assertEquals(printed.stdout.match(/\w+$/gm), EVERY_LEVEL.slice(index));
  });
}

Deno.test("a job has its own level, and what comes after it has not", async () => {
  const quiet = job([], { level: "warning" });
  const { printed } = await told({}, [
    message("info", "before"),
    { ...INSIDE, type: "run-started", planned: quiet },
    message("info", "inside"),
    { ...INSIDE, type: "run-ended", result: { kind: "done" }, exitStatus: 0, ...SPAN },
    message("info", "after"),
  ]);
  assertEquals(printed.stdout.match(/\w+$/gm), ["before", "after"]);
});

const COLOURS: [theme: string, level: LogLevel, sequence: string][] = [
  ["light", "trace", "\x1b[2m"],
  ["light", "debug", "\x1b[32m"],
  ["light", "info", "\x1b[36m"],
  ["light", "warning", "\x1b[35;1m"],
  ["light", "error", "\x1b[31;1m"],
  ["dark", "debug", "\x1b[92m"],
  ["dark", "info", "\x1b[96m"],
  ["dark", "warning", "\x1b[95;1m"],
  ["dark", "error", "\x1b[91;1m"],
  ["none", "info", ""],
  ["none", "warning", "\x1b[1m"],
  ["nonsense", "error", "\x1b[1m"],
];
for (const [theme, level, sequence] of COLOURS) {
  Deno.test(`theme ${theme} shows ${level} as ${JSON.stringify(sequence)}, on a terminal only`, async () => {
    const settings = { level: "trace", style: { stderr: false, colours: true, theme } } as const;
    const end = sequence && "\x1b[0m";
    assertEquals(
      (await told(settings, [message(level, "text")], { terminal: true })).printed.stdout,
      `${STAMP} ${sequence}text${end}\n`,
    );
    assertEquals((await told(settings, [message(level, "text")])).printed.stdout, `${STAMP} text\n`);
  });
}

Deno.test("without colours a terminal gets none", async () => {
  const style = { stderr: false, colours: false, theme: "light" };
  const { printed } = await told({ style }, [message("error", "text")], { terminal: true });
  assertEquals(printed.stdout, `${STAMP} text\n`);
});

Deno.test("a log file gets messages with their level, and output without colours", async () => {
  const world = await told({ target: "logs/run.log", level: "trace" }, [
    ...EVERY_LEVEL.map((level) => message(level, level)),
    output("\x1b[31mred\x1b[0m, no end"),
    message("info", "after"),
  ]);
  assertEquals(
    world.files.readText("/work/logs/run.log"),
    `${STAMP} TRACE trace\n${STAMP} DEBUG debug\n${STAMP} INFO  info\n${STAMP} WARN  warning\n${STAMP} ERROR error\n` +
      `red, no end\n${STAMP} INFO  after\n`,
  );
  assertEquals(world.printed, { stdout: "", stderr: "" });
});

Deno.test("a log file is added to", async () => {
  const world = await told({ target: "run.log" }, [message("info", "new")], { files: { "/work/run.log": "old\n" } });
  assertEquals(world.files.readText("/work/run.log"), `old\n${STAMP} INFO  new\n`);
});

Deno.test("output of a run goes to log and console, as the route says, unchanged on the console", async () => {
  const world = await told({ target: "run.log", commandOutput: "all" }, [output("\x1b[1mx\x1b[0m", "stderr")]);
  assertEquals(world.printed, { stdout: "", stderr: "\x1b[1mx\x1b[0m" });
  assertEquals(world.files.readText("/work/run.log"), "x");
});

Deno.test("temp: is a file of the session", async () => {
  const world = await told({ target: "temp:/t/x.log" }, [message("info", "text")]);
  assertEquals(world.files.readText(`${world.tempDir()}/t/x.log`), `${STAMP} INFO  text\n`);
});

for (
  const [target, reason] of [
    ["/work/file/sub/x.log", "file exists"],
    ["/work/folder", "is a directory"],
    ["http://127.0.0.1:1/x", 'unknown log target "http"'],
    ["udp://host:65536", "port 65536 is out of range"],
    ["syslog-tcp://127.0.0.1:1", "connection refused"],
    ["syslog-tcp://", "syslog-tcp://HOST"],
    ["syslog:", "no local syslog"],
  ] as const
) {
  Deno.test(`log target ${target} cannot be opened: the reason is told, the console is used`, async () => {
    const world = await told({ target, commandOutput: "log" }, [message("info", "text"), output("data")], {
      files: { "/work/file": "", "/work/folder/": "" },
    });
    const [problem = "", ...rest] = world.printed.stdout.split("\n");
    assertStringIncludes(problem, target);
    assertStringIncludes(problem, reason);
    assertEquals(rest, [`${STAMP} text`, "data"]);
  });
}

Deno.test("a log that breaks is given up with a message, and nothing is lost", async () => {
  const world = fakeWorld();
  const messages = await openMessages({ ...SETTINGS, target: "run.log", commandOutput: "log" }, world, "run");
  world.files.chmod("/work/run.log", 0o400);
  messages.tell(output("data\n"));
  messages.tell(message("info", "text"));
  const [problem = "", ...rest] = world.printed.stdout.split("\n");
  assertMatch(problem, /Cannot write the log "run.log", the console is used: permission denied/);
  assertEquals(rest, ["data", `${STAMP} text`, ""]);
});

Deno.test("an unknown command-output is a warning that lists the words", async () => {
  const world = await told({ target: "run.log", commandOutput: "both" }, [output("data")]);
  assertMatch(world.files.readText("/work/run.log"), /WARN .*"both".*auto, log, console or all/);
  assertEquals(world.printed.stdout, "data");
});

Deno.test("syslog over the network: one message a line, none empty, output as notice", async () => {
  const { messages } = await told({ target: "syslog://host", level: "trace" }, [
    message("trace", "one\n\ntwo"),
    message("info", "three"),
    message("warning", "four"),
    message("error", "five"),
    output("out"),
    output("put\nlast"),
  ], { listens: () => true });
  assertEquals(messages.map(({ to }) => to)[0], { kind: "udp", host: "host", port: 514 });
  const forms = messages.map(({ text }) => text.replace(/>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d) /, ">TIME "));
  const line = (priority: number, text: string) => `<${priority}>TIME machine resticprofile[1000]: ${text}\n`;
  assertEquals(forms, [
    line(15, "one"),
    line(15, "two"),
    line(14, "three"),
    line(12, "four"),
    line(11, "five"),
    line(13, "output"),
    line(13, "last"),
  ]);
});

Deno.test("syslog: lines are cut at 8 KiB, and at a carriage return; one without an end costs no memory", async () => {
  const chunk = "é".repeat(5_000);
  const { messages } = await told({ target: "syslog://host", level: "trace" }, [
    message("info", "x".repeat(70_000)),
    output("10 %\r20 %\r"),
    ...Array.from({ length: 50 }, () => output(chunk)),
    output("\nshort\n"),
  ], { listens: () => true });
  const texts = messages.map(({ text }) => text.replace(/^.*?\]: /, "").replace(/\n$/, ""));
  assertEquals(texts.map((text) => new TextEncoder().encode(text).length), [8_192, 4, 4, 8_191, 5]);
  assertEquals(texts.map((text) => text.at(-1)), ["…", "%", "%", "…", "t"]);
});

for (
  const [target, to] of [
    ["udp://host:1514", { kind: "udp", host: "host", port: 1514 }],
    ["tcp://host", { kind: "tcp", host: "host", port: 514 }],
    ["syslog-tcp://[::1]:99", { kind: "tcp", host: "::1", port: 99 }],
  ] as const
) {
  Deno.test(`log target ${target} is a syslog elsewhere`, async () => {
    assertEquals((await told({ target }, [message("info", "x")], { listens: () => true })).messages[0]?.to, to);
  });
}

Deno.test("the local syslog is the first socket that somebody reads from", async () => {
  const { messages } = await told({ target: "syslog:" }, [message("error", "text")], {
    listens: (address) => address.kind === "unix-stream" && address.path === "/var/run/syslog",
  });
  assertEquals(messages, [{
    to: { kind: "unix-stream", path: "/var/run/syslog" },
    text: "<11>Nov 23 12:34:56 resticprofile[1000]: text\n",
  }]);
});

Deno.test("a syslog that never answers holds up nothing", async () => {
  const world = fakeWorld();
  const silent = { ...world, connect: () => new Promise<never>(() => {}) };
  const messages = await openMessages({ ...SETTINGS, target: "tcp://host" }, silent, "run");
  messages.tell(message("info", "text"));
  assertMatch(world.printed.stdout, /"tcp:\/\/host".*timed out\n.*text\n$/);

  const stuck = { send: () => new Promise<never>(() => {}), close() {} };
  const late = await openMessages({ ...SETTINGS, target: "tcp://host" }, {
    ...world,
    connect: () => Promise.resolve(stuck),
  }, "run");
  late.tell(message("info", "text"));
  await late.settle();
});

Deno.test("json: one event a line, with nothing of the job but its names", async () => {
  const step = resticStep("backup", { args: ["backup", "--password-command=hidden-word"] });
  const failure = {
    kind: "restic",
    message: "m",
    cause: "exit status 1",
    commandLine: "",
    exitCode: 1,
    stderr: "e",
  } as const;
  const result = { kind: "failed", failure, ignored: false } as const;
  const backup = job([step], { group: "all" });
  const world = await told({ target: "run.log", format: "json" }, [
    { ...INSIDE, type: "run-started", planned: backup },
    { ...INSIDE, type: "step-started", step },
    message("debug", "not shown"),
    message("warning", "text"),
    output("\x1b[1mé\x1b[0m\n"),
    { ...INSIDE, type: "run-ended", result, exitStatus: 1, ...SPAN },
  ]);
  const lines = world.files.readText("/work/run.log").trimEnd().split("\n").map((line) => JSON.parse(line));
  const ids = { run: "run", job: "job" };
  const names = { profile: "home", group: "all", command: "backup" };
  assertEquals(lines.map(({ time: _, ...rest }) => rest), [
    { type: "run-started", ...ids, ...names },
    { type: "step-started", ...ids, ...names, step: "backup", kind: "restic" },
    { type: "message", ...ids, level: "warning", text: "text" },
    { type: "output", ...ids, stream: "stdout", text: "é\n" },
    {
      type: "run-ended",
      ...ids,
      ...names,
      success: false,
      failure: { kind: "restic", message: "m", cause: "exit status 1", commandLine: "", exitCode: 1 },
      exitStatus: 1,
      started: lines[0].time,
      durationMs: 1,
      level: "error",
      text: "m",
    },
  ]);
  assertEquals(Date.parse(lines[0].time), AT);
  assertEquals(world.files.readText("/work/run.log").includes("hidden-word"), false);
});

Deno.test("json: standard error is told of once, by who wrote it", async () => {
  const failure = {
    kind: "restic",
    message: "m",
    cause: "c",
    commandLine: "",
    exitCode: 1,
    stderr: "trouble",
  } as const;
  const [restic, hook] = [resticStep("backup"), shellStep("run-before[0]", "false")];
  const result = { kind: "failed", failure, ignored: false } as const;
  const outcome = { durationMs: 5, stderr: "trouble", status: 1, summary: undefined };
  const { printed } = await told({ format: "json" }, [
    { ...INSIDE, type: "restic-ended", step: restic, result, outcome },
    { ...INSIDE, type: "step-ended", step: restic, result, exitStatus: 1, ...SPAN },
    { ...INSIDE, type: "step-ended", step: hook, result, exitStatus: 1, ...SPAN },
    { ...INSIDE, type: "run-ended", result, exitStatus: 1, ...SPAN },
  ]);
  const lines = printed.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ type, step, stderr }) => [type, step, stderr]), [
    ["restic-ended", "backup", "trouble"],
    ["step-ended", "backup", undefined],
    ["step-ended", "run-before[0]", "trouble"],
    ["run-ended", undefined, undefined],
  ]);
  assertEquals(lines[0].outcome, { durationMs: 5, status: 1 });
});

Deno.test("json: what is said as a sentence is there as data", async () => {
  const hook = { phase: "send-after", index: 0, count: 1 } as const;
  const attempt = { startedAt: AT, durationMs: 7, status: 500, problem: "status 500" };
  const { printed } = await told({ format: "json" }, [
    { ...INSIDE, type: "run-started", planned: job([]) },
    {
      ...INSIDE,
      type: "diagnostic",
      diagnostic: {
        code: "unknown-key",
        severity: "warning",
        message: "m",
        at: { path: "p", line: 1, column: 2 },
        hint: "h",
      },
    },
    { ...INSIDE, type: "lock-waiting", path: "/l", owner: "me", leftMs: 5_000, nextMs: 1_000 },
    { ...INSIDE, type: "remark", remark: { code: "lock-left", pids: [1, 2] } },
    { ...INSIDE, type: "remark", remark: { code: "shell", program: "/bin/sh" } },
    {
      ...INSIDE,
      type: "hook-ended",
      hook,
      shown: "GET http://h/…",
      isSent: true,
      attempts: [attempt],
      delivered: false,
      problem: "status 500",
      reply: { status: 500, headers: [["X-Header", "1"]], body: undefined },
    },
  ]);
  const [, ...lines] = printed.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const names = { profile: "home", command: "backup" };
  assertEquals(
    lines.map(({ time: _, run: __, job: ___, ...rest }) => rest),
    [
      {
        type: "diagnostic",
        ...names,
        code: "unknown-key",
        severity: "warning",
        message: "m",
        path: "p",
        line: 1,
        column: 2,
        hint: "h",
        level: "warning",
        text: "p:1:2: warning: m\n  hint: h",
      },
      {
        type: "lock-waiting",
        ...names,
        path: "/l",
        owner: "me",
        leftMs: 5_000,
        nextMs: 1_000,
        level: "info",
        text: "profile 'home': waiting for lock \"/l\" of me: 5s left",
      },
      {
        type: "message",
        ...names,
        code: "lock-left",
        pids: [1, 2],
        level: "warning",
        text: "profile 'home': the lock stays, for processes 1, 2 did not end",
      },
      {
        type: "hook-ended",
        ...names,
        hook,
        shown: "GET http://h/…",
        isSent: true,
        attempts: [{ ...attempt, startedAt: undefined, started: lines[0].time }],
        delivered: false,
        problem: "status 500",
        level: "warning",
        text: "send-after on profile 'home': GET http://h/… failed: status 500",
      },
    ].map((line) => JSON.parse(JSON.stringify(line))),
  );
});

Deno.test("two jobs at the same time have their own level, stream and lines", async () => {
  const [one, two] = [{ ...INSIDE, job: "1" }, { ...INSIDE, job: "2" }];
  const write = (stamp: typeof one, text: string): RunEvent => {
    return { ...stamp, type: "output", stream: "stdout", bytes: new TextEncoder().encode(text), mask: (line) => line };
  };
  const say = (stamp: typeof one, text: string): RunEvent => ({ ...stamp, type: "message", level: "info", text });
  const events: RunEvent[] = [
    { ...one, type: "run-started", planned: job([], { hookStdout: "stderr" }) },
    { ...two, type: "run-started", planned: job([], { level: "warning" }) },
    write(one, "first "),
    write(two, "sec\x1b[1"),
    write(one, "line\nbegun"),
    write(two, "mond line\n"),
    say(two, "quiet"),
    say(one, "said"),
    { ...two, type: "run-ended", result: { kind: "done" }, exitStatus: 0, ...SPAN },
    say(two, "late"),
    say(one, "after"),
  ];
  const world = await told({ target: "run.log" }, events);
  assertEquals(
    world.files.readText("/work/run.log"),
    `first line\nsecond line\nbegun\n${STAMP} INFO  said\n${STAMP} INFO  late\n${STAMP} INFO  after\n`,
  );
  const { printed } = await told({ commandOutput: "log" }, events.filter(({ type }) => type !== "output"));
  assertEquals(printed, { stderr: `${STAMP} said\n${STAMP} after\n`, stdout: `${STAMP} late\n` });
  const { messages } = await told({ target: "syslog://host" }, events, { listens: () => true });
  assertEquals(
    messages.map(({ text }) => text.replace(/^.*\]: /, "")),
    ["first line", "second line", "begun", "said", "late", "after"].map((line) => `${line}\n`),
  );
});

Deno.test("json on the console leaves output as it is", async () => {
  const { printed } = await told({ format: "json", style: { ...SETTINGS.style, stderr: true } }, [
    message("info", "text"),
    output("data"),
  ]);
  assertEquals(printed.stdout, "data");
  assertEquals(JSON.parse(printed.stderr).text, "text");
});

Deno.test("syslog+rfc5424: the form of RFC 5424, with its length in a stream", async () => {
  for (const [target, length] of [["syslog+rfc5424://host", ""], ["syslog-tcp+rfc5424://host:601", "\\d+ "]] as const) {
    const { messages } = await told({ target }, [message("error", "a\nb")], { listens: () => true });
    const form = `^${length}<11>1 \\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-][\\d:]+) machine resticprofile 1000 - - `;
    assertEquals(messages.map(({ text }) => text.replace(new RegExp(form), "")), ["a", "b"]);
    const [, count, rest] = /^(\d+) (.*)$/.exec(messages[0]!.text) ?? [];
    if (length !== "") assertEquals(Number(count), rest!.length);
  }
});

Deno.test("syslog+rfc5424: without a host is the system's own", async () => {
  const { messages } = await told({ target: "syslog+rfc5424:" }, [message("error", "a")], { listens: () => true });
  assertEquals(messages.map(({ to }) => to), [{ kind: "unix-datagram", path: "/dev/log" }]);
  assertMatch(messages[0]?.text ?? "", /^<11>1 \d{4}-\S+ machine resticprofile 1000 - - a\n$/);
});

for (const isJournal of [true, false]) {
  Deno.test(`standard error of restic ${isJournal ? "tells the journal" : "has no words for the journal"} that it is a warning`, async () => {
    const machine = fakeWorld({ files: { "/proc/self/fd/1": "", "/proc/self/fd/2": "" } });
    const { device, inode } = machine.files.stat(`/proc/self/fd/${isJournal ? 2 : 1}`)!;
    const world = { ...machine, env: { JOURNAL_STREAM: `${device}:${inode}` } };
    const messages = await openMessages({ ...SETTINGS, commandOutput: "auto" }, world, "run");
    const said = ["Fatal: no", " repository\n\nIs there", " one?\n"];
    for (const text of said) messages.tell(output(text, "stderr"));
    messages.tell(output("data\n"));
    const expected = isJournal ? "<4>Fatal: no repository\n\n<4>Is there one?\n" : said.join("");
    assertEquals(machine.printed, { stdout: "data\n", stderr: expected });
  });
}

Deno.test("lines that systemd's journal reads begin with their level, and those that it does not read do not", async () => {
  const machine = fakeWorld({ files: { "/proc/self/fd/1": "", "/proc/self/fd/2": "" } });
  const { device, inode } = machine.files.stat("/proc/self/fd/1")!;
  const lines = async (stderr: boolean) => {
    const world = { ...machine, env: { JOURNAL_STREAM: `${device}:${inode}` } };
    const before = { ...machine.printed };
    const messages = await openMessages({ ...SETTINGS, style: { ...SETTINGS.style, stderr } }, world, "run");
    (["error", "warning", "info"] as const).forEach((level) => messages.tell(message(level, "one\ntwo")));
    const stream = stderr ? "stderr" : "stdout";
    return machine.printed[stream].slice(before[stream].length).split("\n").map((line) => /^<\d>/.exec(line)?.[0]);
  };
  assertEquals(await lines(false), ["<3>", "<3>", "<4>", "<4>", "<6>", "<6>", undefined]);
  assertEquals((await lines(true)).every((level) => level === undefined), true);
});
