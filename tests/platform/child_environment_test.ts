import { assertEquals } from "@std/assert";
import { Secret } from "../../src/model/secret.ts";
import { childEnvironment } from "../../src/platform/child_environment.ts";
import { fakeWorld } from "../support/fake_world.ts";

const NOTHING = { files: [], variables: [], fixed: [] };

Deno.test("childEnvironment() lets later sources win: inherited, files, env, fixed", () => {
  const world = fakeWorld({
    env: { A: "inherited", B: "inherited", C: "inherited", D: "inherited", PROFILE_NAME: "outer" },
    files: { "/one.env": "B=one\nC=one\nD=one", "/two.env": "C=two\nD=two" },
  });
  const plan = {
    files: ["/one.env", "/two.env"],
    variables: [["D", new Secret("env")]] as const,
    fixed: [["PROFILE_NAME", "root"]] as const,
  };
  assertEquals(childEnvironment(plan, world), {
    variables: { A: "inherited", B: "one", C: "two", D: "env", PROFILE_NAME: "root" },
    problems: [],
  });
});

Deno.test("childEnvironment() removes a name whose env value is empty", () => {
  const world = fakeWorld({ env: { A: "1", B: "2" } });
  assertEquals(childEnvironment({ ...NOTHING, variables: [["A", new Secret("")]] }, world).variables, { B: "2" });
});

Deno.test("childEnvironment() hides the failure of an outer run", () => {
  const env = { ERROR: "1", ERROR_STDERR: "2", RESTIC_STDERR: "3", ERROR_EXIT_CODE: "4", ERROR_LOG: "kept" };
  assertEquals(childEnvironment(NOTHING, fakeWorld({ env })).variables, { ERROR_LOG: "kept" });
});

Deno.test("childEnvironment() reads a dotenv file again each time", () => {
  const world = fakeWorld({ env: {}, files: { "/a.env": "A=1" } });
  const plan = { ...NOTHING, files: ["/a.env"] };
  assertEquals(childEnvironment(plan, world).variables, { A: "1" });
  world.files.write("/a.env", "A=2");
  assertEquals(childEnvironment(plan, world).variables, { A: "2" });
});

Deno.test("childEnvironment() reports files: missing ones as warnings, unusable ones as errors with their line", () => {
  const world = fakeWorld({ files: { "/bad.env": "A=1\nnonsense", "/large.env": `A=${"x".repeat(512 * 1024)}` } });
  const { problems } = childEnvironment({ ...NOTHING, files: ["/gone.env", "/bad.env", "/large.env"] }, world);
  assertEquals(problems.map(({ severity, at }) => [severity, at?.line]), [
    ["warning", undefined],
    ["error", 2],
    ["error", undefined],
  ]);
});

Deno.test("childEnvironment() cuts values that would keep every program from starting", () => {
  const line = `${"x".repeat(1_022)}\n`;
  const largest = "é".repeat(64 * 1024 - 2);
  const world = fakeWorld({ files: { "/a.env": `HUGE='${line.repeat(200)}'\nA='${largest}'` } });
  const { variables, problems } = childEnvironment({ ...NOTHING, files: ["/a.env"] }, world);
  assertEquals([variables.HUGE, variables.A], [line.repeat(64), largest]);
  assertEquals(problems.map(({ severity, message }) => [severity, message.includes('"HUGE"')]), [["warning", true]]);
});

Deno.test("childEnvironment() warns of a value that lacks a part, with its line, and does not repeat the value", () => {
  const world = fakeWorld({ env: {}, files: { "/a.env": "# key\nRESTIC_PASSWORD=corr$ECT-horse" } });
  const { variables, problems } = childEnvironment({ ...NOTHING, files: ["/a.env"] }, world);
  assertEquals(variables, { RESTIC_PASSWORD: "corr-horse" });
  assertEquals(problems.map(({ severity, at }) => [severity, at]), [
    ["warning", { path: "/a.env", line: 2, column: 1 }],
  ]);
  assertEquals(/ECT|horse/.test(JSON.stringify(problems)), false);
});
