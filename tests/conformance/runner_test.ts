/** The parts of the runner that decide, and the runner as a whole: a case that differs has to fail. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { formatArchive, parseArchive } from "./archive.ts";
import { type CaseSpec, parseCase, type Recording, type Step, withRecording } from "./case.ts";
import { difference } from "./difference.ts";
import { problemsOfRecording, problemsOfRemedy, problemsOfSteps, withoutOwnAuthority } from "./judge.ts";
import { marks } from "./marks.ts";
import { parseOptions } from "./options.ts";

const HERE = new URL(".", import.meta.url).pathname;

Deno.test("archives and recordings are written as they were read", () => {
  for (const area of Deno.readDirSync(`${HERE}cases`)) {
    for (const { name } of Deno.readDirSync(`${HERE}cases/${area.name}`)) {
      const text = Deno.readTextFileSync(`${HERE}cases/${area.name}/${name}`);
      assertEquals(formatArchive(parseArchive(text)), text);
    }
  }
  const { archive } = parseCase("comment\n-- a b/c --\nx\n-- case.json --\n{}");
  const recording: Recording = { exits: [0], events: [{ mark: "x" }], files: { f: null } };
  const again = parseCase(formatArchive(withRecording(archive, recording)));
  assertEquals([again.expected, [...again.files]], [recording, [["a b/c", "x\n"]]]);
});

for (
  const [what, wanted, got, shown] of [
    ["the same", ["a", "b"], ["a", "b"], undefined],
    ["one more", ["a"], ["a", "b"], ["  a", "+ b"]],
    ["one less", ["a", "b", "c"], ["a", "c"], ["  a", "- b", "  c"]],
    ["another order", ["a", "b"], ["b", "a"], ["- a", "  b", "+ a"]],
    ["nothing", ["a"], [], ["- a"]],
  ] as const
) {
  Deno.test(`difference() of ${what}`, () => assertEquals(difference(wanted, got), shown && [...shown]));
}

const ENDED = { code: 1, stdout: "one\ntwo\n", stderr: "error: x\n" };

for (
  const [step, problems] of [
    [{ exit: 1, stdout: ["one", "/^two$/"], stderr: ["error"], output: ["one", "error"], notOutput: ["three"] }, 0],
    [{ exit: 0 }, 1],
    [{ stdout: ["error"] }, 1],
    [{ stderr: ["one"] }, 1],
    [{ output: ["/^wo/"] }, 1],
    [{ notOutput: ["/t.o/", "three"] }, 1],
  ] as const satisfies readonly (readonly [Step, number])[]
) {
  Deno.test(`problemsOfSteps() of ${JSON.stringify(step)}`, () => {
    assertEquals(problemsOfSteps([step], [ENDED]).length, problems);
  });
}

const EXPECTED: Recording = { exits: [0], events: [{ mark: "a" }, { https: "GET /" }], files: { f: "x", g: null } };

for (
  const [what, spec, change, problems] of [
    ["the same", {}, {}, 0],
    ["another status", {}, { exits: [1] }, 1],
    ["another order of events", {}, { events: EXPECTED.events.toReversed() }, 1],
    ["another order where that does not count", { unordered: true }, { events: EXPECTED.events.toReversed() }, 0],
    ["an event less where the order does not count", { unordered: true }, { events: [{ mark: "a" }] }, 1],
    ["other events where they do not count", { ignoreEvents: true }, { events: [] }, 0],
    ["another file, and one that is there", {}, { files: { f: "y", g: "" } }, 2],
  ] as const satisfies readonly (readonly [string, CaseSpec, Partial<Recording>, number])[]
) {
  Deno.test(`problemsOfRecording() of ${what}`, () => {
    assertEquals(problemsOfRecording(spec, EXPECTED, { ...EXPECTED, ...change }).length, problems);
  });
}

Deno.test("a tool that cannot verify a server's own authority sends nothing there, and tells the remedy", () => {
  assertEquals(withoutOwnAuthority(EXPECTED).events, [{ mark: "a" }]);
  assertEquals(problemsOfRemedy([ENDED, { ...ENDED, stderr: "basicConstraints=critical,CA:FALSE" }]).length, 1);
});

Deno.test("marks are filled in, and put back", () => {
  const { fill, hide } = marks({ DIR: "/tmp/x", HTTP: "http://127.0.0.1:1" });
  assertEquals(fill("{{DIR}}/a {{DIR}} {{HTTP}}/b"), "/tmp/x/a /tmp/x http://127.0.0.1:1/b");
  assertEquals(hide("/tmp/x/a http://127.0.0.1:1/b"), "{{DIR}}/a {{HTTP}}/b");
});

Deno.test("parseOptions() wants a tool, knows its options, and makes the tool's path absolute", () => {
  const { tool, jobs, filter, paths } = parseOptions(["--tool", "dist/x run -A", "--jobs", "3", "a", "b"])!;
  assertEquals([tool, jobs, filter, paths], [[`${Deno.cwd()}/dist/x`, "run", "-A"], 3, "", ["a", "b"]]);
  for (const args of [[], ["--tool", ""], ["--tool", "x", "--job", "3"], ["--tool", "x", "--jobs", "0"]]) {
    assertEquals(parseOptions(args), undefined);
  }
});

Deno.test("the runner fails where a case differs, where none is found, and passes where all is as recorded", async () => {
  const spec = { args: ["hello"], watchEnv: ["HOME"], restic: { backup: { exit: 3, stdout: "{{DIR}}" } } };
  const tool = '#!/bin/sh\nrestic backup "$1" < /dev/null; mark $?; exit 7\n';
  const recording: Recording = {
    exits: [7],
    events: [{ restic: ["backup", "hello"], env: { HOME: "{{DIR}}/home" } }, {
      mark: "3",
      env: { HOME: "{{DIR}}/home" },
    }],
  };
  const text = (recorded: Recording) =>
    formatArchive(withRecording(parseCase(`-- case.json --\n${JSON.stringify(spec)}\n`).archive, recorded));
  using folder = makeFolder({
    "bin/tool": tool,
    "cases/good.txtar": text(recording),
    "cases/bad.txtar": text({ ...recording, exits: [0] }),
  });
  const run = async (...more: string[]) => {
    const fixed = ["run", "-A", "--no-check", `${HERE}run.ts`, "--tool", `${folder.path}/bin/tool`];
    const { code, stdout } = await new Deno.Command(Deno.execPath(), { args: [...fixed, ...more] }).output();
    return { code, lines: new TextDecoder().decode(stdout).trimEnd().split("\n") };
  };
  const all = await run(`${folder.path}/cases`);
  assertEquals([all.code, all.lines.at(-1), all.lines[0]], [1, "1 passed, 1 failed", "FAIL  bad.txtar"]);
  assertStringIncludes(all.lines.join("\n"), "exits [7], wanted [0]");
  assertEquals(await run("--filter", "good", `${folder.path}/cases`), { code: 0, lines: ["1 passed, 0 failed"] });
  assertEquals(await run("--filter", "none", `${folder.path}/cases`), { code: 1, lines: ["0 passed, 0 failed"] });
});
