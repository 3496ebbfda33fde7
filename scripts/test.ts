/**
 * Checks and tests everything: `deno task test`. Program-level tests run with the compiled binary, a few of them with the source too.
 * The last line is `N passed, N failed`: tests and cases, and one each for format, lint, types and the build.
 */

import { denoDir, outcome, ROOT } from "./programs.ts";

const CASES = "tests/conformance/cases";

/**
 * Cases that run with the source too, some of each area. It is the program that the binary was made of, on another Deno: so they are
 * those where Deno does most (TLS, proxies, signals, files, all languages of configurations).
 */
export const SMOKE_CASES = [
  "cli/exit-codes",
  "cli/generate-json-schema",
  "command-line/order",
  "command-line/source-glob",
  "config/syntax-errors",
  "config/whole-v1-toml-yaml-json-hcl",
  "hooks/http-proxy",
  "hooks/http-redirects",
  "hooks/seed-ca-certificates",
  "hooks/tls-skip-verification",
  "run/lock-blocks-second-run",
  "run/signal-during-restic",
  "run/status-file",
  "run/stdin-command",
  "schedule/crontab-lines",
  "schedule/systemd-settings",
  "templates/body-template",
  "templates/functions",
].map((name) => `${CASES}/${name}.txtar`);

/** Tests of the program that run with the source too, for the same reason: terminals, sockets, streams, a real restic. */
export const SMOKE_TESTS = ["environment_bytes", "reader", "real_restic", "syslog", "terminal", "written_files"]
  .map((name) => `tests/program/${name}_test.ts`);

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** What an ended program says of its tests. */
type Tally = (output: string, success: boolean) => Count;

interface Suite {
  readonly name: string;
  readonly args: readonly string[];
  readonly tally: Tally;
  readonly env?: Readonly<Record<string, string>>;
}

const asOneTest: Tally = (_output, success) => success ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/** Reads the summary of `deno test`. */
export const denoTests: Tally = (output, success) =>
  lastCounts(output, /^(?:ok|FAILED) \| (\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/gm, success);

/** Reads the last line of the conformance runner. */
export const conformanceCases: Tally = (output, success) =>
  lastCounts(output, /^(\d+) passed, (\d+) failed$/gm, success);

/** A suite that ends badly, or without having run a test, failed, whatever it counted. */
function lastCounts(output: string, summary: RegExp, success: boolean): Count {
  const [, passed = 0, failed = 0] = [...output.matchAll(summary)].at(-1)?.map(Number) ?? [];
  return { passed, failed: failed === 0 && (!success || passed === 0) ? 1 : failed };
}

/** A program that runs the source, as the binary is one: it can be called from everywhere, with any environment. */
async function sourceAsProgram(folder: string): Promise<string> {
  const program = `${folder}/resticprofile`;
  const text = `#!/bin/sh\nexec '${Deno.execPath()}' run -A --no-check '${ROOT}/src/main.ts' "$@"\n`;
  await Deno.writeTextFile(program, text, { mode: 0o755 });
  return program;
}

function suites(source: string, restic: string): Suite[] {
  const unit = ["test", "-A", "--no-check", "--parallel", "--ignore=tests/program", "tests"];
  return [
    { name: "format", args: ["fmt", "--check", "--quiet"], tally: asOneTest },
    { name: "lint", args: ["lint", "--quiet"], tally: asOneTest },
    { name: "types", args: ["check", "--quiet", "src", "scripts", "tests"], tally: asOneTest },
    { name: "unit tests", args: unit, tally: denoTests },
    { name: "build", args: ["run", "-A", "scripts/build/compile.ts"], tally: asOneTest },
    ...programSuites("source", source, restic, { cases: SMOKE_CASES, tests: SMOKE_TESTS }),
    ...programSuites("binary", `${ROOT}/dist/resticprofile`, restic, { cases: [CASES], tests: ["tests/program"] }),
  ];
}

/** Files and folders of each kind. */
interface Selection {
  readonly cases: readonly string[];
  readonly tests: readonly string[];
}

/** @param tool absolute path of the program to test */
function programSuites(what: string, tool: string, restic: string, { cases, tests }: Selection): Suite[] {
  return [
    {
      name: `${what}: conformance`,
      args: ["run", "-A", "--no-check", "tests/conformance/run.ts", "--tool", tool, "--jobs", "2", ...cases],
      tally: conformanceCases,
    },
    {
      name: `${what}: end to end`,
      args: ["test", "-A", "--no-check", "--parallel", ...tests],
      tally: denoTests,
      env: { RESTICPROFILE_TEST_TOOL: tool, RESTICPROFILE_TEST_RESTIC: restic },
    },
  ];
}

/** Runs a suite, showing what it prints as it does. */
async function run({ args, env, tally }: Suite, packages: string): Promise<Count> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", DENO_DIR: packages, ...env },
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const decoder = new TextDecoder();
  let output = "";
  for await (const chunk of child.stdout) {
    await Deno.stdout.write(chunk);
    output += decoder.decode(chunk, { stream: true });
  }
  return tally(output, (await child.status).success);
}

/** Runs all suites, one after the other, and reports what they took and what came out. */
async function main(): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "resticprofile-test-" });
  const packages = await denoDir();
  const report: string[] = [];
  const total = { passed: 0, failed: 0 };
  try {
    for (const suite of suites(await sourceAsProgram(folder), await realRestic())) {
      console.log(`\n── ${suite.name}`);
      const start = performance.now();
      const { passed, failed } = await run(suite, packages);
      const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
      report.push(`${seconds} s  ${suite.name}: ${passed} passed, ${failed} failed`);
      total.passed += passed;
      total.failed += failed;
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  console.log(`\n${report.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** Path of a real restic; empty when there is none, which fails the tests that need it. */
async function realRestic(): Promise<string> {
  const { code, stdout, stderr } = await outcome("sh", ["scripts/restic"]);
  if (code !== 0) console.error(stderr.trim());
  return stdout.trim();
}

if (import.meta.main) Deno.exit(await main());
