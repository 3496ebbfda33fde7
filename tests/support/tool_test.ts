import { assertEquals } from "@std/assert";
import { makeFolder } from "./folder.ts";
import { runProgram } from "./tool.ts";

Deno.test("runProgram() gives arguments, environment and standard input, and finds programs in bin/", async () => {
  using folder = makeFolder({ "bin/greet": '#!/bin/sh\necho "$1 $NAME from $(cat)"\nexit 3\n' });
  const ended = await runProgram("sh", folder, ["-c", "greet hello >&2"], { env: { NAME: "Ada" }, stdin: "me" });
  assertEquals(ended, { code: 3, stdout: "", stderr: "hello Ada from me\n" });
});

Deno.test("runProgram() sends the signal when the file is there", async () => {
  using folder = makeFolder();
  const waiting = 'trap "exit 7" TERM; : > ready; while :; do sleep 0.01; done';
  const kill = { signal: "SIGTERM", whenFile: "ready" } as const;
  assertEquals((await runProgram("sh", folder, ["-c", waiting], { kill })).code, 7);
});

Deno.test("runProgram() returns when the program ends before the file is there", async () => {
  using folder = makeFolder();
  const kill = { signal: "SIGTERM", whenFile: "ready" } as const;
  assertEquals((await runProgram("sh", folder, ["-c", "exit 4"], { kill })).code, 4);
});
