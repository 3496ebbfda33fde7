import { assertEquals, assertRejects } from "@std/assert";
import { renderBody } from "../../src/hooks/body_template.ts";
import { HookError } from "../../src/hooks/hook_context.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { FAILURE, hookContext } from "../support/hook.ts";

function rendered(content: string | Uint8Array, more: Parameters<typeof hookContext>[0] = {}): Promise<string> {
  return renderBody(
    { from: "file", path: "/conf/body" },
    hookContext(more),
    fakeWorld({ files: { "/conf/body": content } }),
  );
}

Deno.test("a body template sees profile, command, failure and folders", async () => {
  const text =
    "{{ .ProfileName }} {{ .ProfileCommand }} {{ .Error.ExitCode }}|{{ .Error.Message }}|{{ .Error.CommandLine }}";
  assertEquals(await rendered(text), "home backup ||");
  assertEquals(await rendered(text, { failure: FAILURE }), `home backup 3|${FAILURE.message}|${FAILURE.commandLine}`);
  assertEquals(await rendered("{{ .CurrentDir }} {{ .StartupDir }}", { workingDir: "/base" }), "/base /work");
});

Deno.test(".Stdout is what restic printed", async () => {
  assertEquals(await rendered("{{ .Stdout }}", { stdout: "snapshot 1 saved\n" }), "snapshot 1 saved\n");
});

Deno.test("json makes any text safe to insert", async () => {
  assertEquals(
    await rendered('{ "e": {{ .Error.Stderr | json }} }', { failure: FAILURE }),
    `{ "e": "can't read /é\\n" }`,
  );
});

Deno.test("variables in a template are plain text, and so is a template without actions", async () => {
  assertEquals(await rendered("$PROFILE_NAME {{ 1 }}"), "$PROFILE_NAME 1");
  assertEquals(await rendered("$PROFILE_NAME }}"), "$PROFILE_NAME }}");
});

Deno.test("templates are decoded like configuration files", async () => {
  const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode("{{ .ProfileName }} é")]);
  assertEquals(await rendered(marked), "home é");
  assertEquals(await rendered(Uint8Array.from([0x65, 0xe9])), "eé");
});

for (
  const [what, text, message] of [
    ["of bad syntax", "line 1\n{{ if }}", "/conf/body:2:"],
    ["with an unknown field", "{{ .NoSuchField }}", "/conf/body:1:"],
    ["that fails half way", "text {{ index .Env 1 }}", "/conf/body:1:"],
  ] as const
) {
  Deno.test(`a template ${what} names its file and line`, async () => {
    await assertRejects(() => rendered(text), HookError, message);
  });
}

Deno.test("a template that is missing is named", async () => {
  await assertRejects(
    () => renderBody({ from: "file", path: "/missing" }, hookContext(), fakeWorld()),
    HookError,
    '"/missing": no such file',
  );
});

Deno.test("a template may be given as a text, under a name", async () => {
  const source = { from: "inline", name: "body of ntfy", text: "{{ .ProfileName }} {{ .Nope }}" } as const;
  await assertRejects(() => renderBody(source, hookContext(), fakeWorld()), HookError, "body of ntfy:1:");
  const good = { ...source, text: "{{ .ProfileName }}" };
  assertEquals(await renderBody(good, hookContext(), fakeWorld()), "home");
});
