import { assertEquals } from "@std/assert";
import { outputRoute } from "../../src/report/command_output.ts";

const ROUTES: [words: string, log: boolean, terminal: boolean, toConsole: boolean, toLog: boolean][] = [
  ["auto", true, true, true, true],
  ["auto", true, false, false, true],
  ["log", true, true, false, true],
  ["console", true, false, true, false],
  ["all", true, false, true, true],
  ["log,console", true, false, true, true],
  [" log , console ", true, false, true, true],
  ["console,log", true, false, true, true],
  ["LOG", true, false, false, true],
  ["nonsense", true, false, true, false],
  ["auto", false, false, true, false],
  ["log", false, false, true, false],
];
for (const [words, log, terminal, toConsole, toLog] of ROUTES) {
  Deno.test(`outputRoute() of "${words}" ${log ? "with" : "without"} a log${terminal ? " on a terminal" : ""}`, () => {
    const unknown = words === "nonsense";
    assertEquals(outputRoute(words, log, terminal), { toConsole, toLog, unknown });
  });
}
