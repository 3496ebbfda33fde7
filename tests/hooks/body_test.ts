import { assertEquals } from "@std/assert";
import { type BodyProblem, makeBody } from "../../src/hooks/body.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { FAILURE, hook, hookContext } from "../support/hook.ts";

const OUTPUT = 'said "done"\n\tin 3 s \\ é';
const JSON_TYPE = [["Content-Type", "application/json; charset=utf-8"]] as const;
const PLAIN_TYPE = [["content-type", "text/plain"]] as const;

async function made(
  more: { body?: string; template?: string },
  headers: readonly (readonly [string, string])[],
  context: Parameters<typeof hookContext>[0] = {},
): Promise<{ body: string | undefined; warnings: BodyProblem[] }> {
  const warnings: BodyProblem[] = [];
  const asked = hook("http://h/", { body: more.body ?? "", bodyTemplate: more.template && "/body" });
  const world = fakeWorld({ files: { "/body": more.template ?? "" } });
  const body = await makeBody(asked, headers, hookContext({ stdout: OUTPUT, ...context }), world, (problem) => {
    warnings.push(problem);
  });
  return { body, warnings };
}

Deno.test("a JSON body stays JSON, whatever restic printed", async () => {
  const template = '{ "title": "{{ .ProfileName }}", "message": "\\n{{ .Stdout }}" }';
  const { body, warnings } = await made({ template }, JSON_TYPE);
  assertEquals(JSON.parse(body ?? ""), { title: "home", message: `\n${OUTPUT}` });
  assertEquals(warnings, []);
});

Deno.test("a JSON body stays JSON, whatever an error says", async () => {
  const failure = { ...FAILURE, stderr: 'a "b"\nc' };
  const { body } = await made({ body: '{"e":"$ERROR_STDERR","c":$ERROR_EXIT_CODE}' }, JSON_TYPE, { failure });
  assertEquals(JSON.parse(body ?? ""), { e: failure.stderr, c: failure.exitCode });
  const template = '{"c":"{{ .Error.CommandLine }}"}';
  const other = [["CONTENT-TYPE", "application/problem+json"]] as const;
  assertEquals(JSON.parse((await made({ template }, other, { failure })).body ?? ""), { c: failure.commandLine });
});

Deno.test("a JSON body stays JSON, whatever a variable holds", async () => {
  const environment = { TOKEN: 'a "b" \\ c' };
  const { body, warnings } = await made({ template: '{"v":"{{ .Env.TOKEN }}"}' }, JSON_TYPE, { environment });
  assertEquals([JSON.parse(body ?? ""), warnings], [{ v: environment.TOKEN }, []]);
});

Deno.test("a body that is JSON already is left alone: json makes its own quotes", async () => {
  assertEquals(JSON.parse((await made({ template: "[{{ .Stdout | json }}]" }, JSON_TYPE)).body ?? ""), [OUTPUT]);
});

Deno.test("nothing is escaped in a body of another type", async () => {
  assertEquals((await made({ template: '{"m":"{{ .Stdout }}"}' }, PLAIN_TYPE)).body, `{"m":"${OUTPUT}"}`);
  assertEquals((await made({ template: '{"m":"{{ .Stdout }}"}' }, [])).body, `{"m":"${OUTPUT}"}`);
});

Deno.test("a body that is no JSON in either way is sent as it is, with a warning", async () => {
  const { body, warnings } = await made({ body: "{'single': 'quotes'}" }, JSON_TYPE);
  assertEquals([body, warnings], ["{'single': 'quotes'}", [{ kind: "not-json" }]]);
});

Deno.test(".Env of a template has the variables of the profile; a name that is not set warns", async () => {
  const environment = { TOKEN: "from the env file" };
  const { body, warnings } = await made({ template: "{{ .Env.TOKEN }} {{ .Env.TOKN }}" }, PLAIN_TYPE, { environment });
  assertEquals(body, "from the env file <no value>");
  assertEquals(warnings, [{ kind: "unset-variable", variable: "TOKN", path: "/body" }]);
});
