/** The whole way of a configuration, from the file to `validate` and `show`, with files that are damaged. */
import { assert, assertEquals } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { type Format, loadLanguage, SyntaxFault } from "../../src/config/formats/format.ts";
import type { Value } from "../../src/model/value.ts";
import { allCaseFiles } from "../support/case_files.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { mutate, type Random, randomOf } from "../support/mutate.ts";

const MUTANTS = 2_000;

interface Subject {
  readonly path: string;
  /** By absolute path; the includes of a file are there. */
  readonly files: Readonly<Record<string, string>>;
}

function subjects(format: Format): Subject[] {
  return allCaseFiles().flatMap(({ files, configurations }) => {
    const absolute = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/work/${path}`, text]));
    return configurations.filter((found) => found.format === format).map(({ path }) => ({ path, files: absolute }));
  });
}

interface Problem {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
}

/** @returns the exit status of `validate`, and what it says */
async function validate({ path, files }: Subject): Promise<{ status: number; problems: Problem[] }> {
  const world = fakeWorld({ files });
  const status = await run(["--config", path, "validate", "--json"], world);
  assertEquals(world.printed.stderr.includes("mistake in this program"), false, world.printed.stderr);
  return { status, problems: JSON.parse(world.printed.stdout) };
}

async function show({ path, files }: Subject): Promise<number> {
  const world = fakeWorld({ files });
  const status = await run(["--config", path, "show"], world);
  const { stdout, stderr } = world.printed;
  assert(!stderr.includes("mistake in this program"), stderr);
  assert(status === 0 ? stdout !== "" : /^.*\S.*$/m.test(stderr), `status ${status}, ${stdout}${stderr}`);
  return status;
}

function explains({ severity, message, path, line }: Problem): boolean {
  return /\w/.test(message) && (severity === "warning" || (path !== undefined && (line ?? 0) >= 1));
}

/** @throws {Error} with the configuration, when the program breaks a rule. @returns whether the configuration was refused */
async function judge(subject: Subject): Promise<boolean> {
  try {
    const { status, problems } = await validate(subject);
    const errors = problems.filter(({ severity }) => severity === "error");
    assertEquals(status, errors.length > 0 ? 1 : 0);
    assertEquals(problems.filter((problem) => !explains(problem)), []);
    if (errors.length === 0) await show(subject);
    return errors.length > 0;
  } catch (error) {
    throw new Error(`${subject.path}: ${JSON.stringify(subject.files[`/work/${subject.path}`])}`, { cause: error });
  }
}

/** Judges as many configurations as `damage` makes of the cases' files of a format. */
async function judgeAll(format: Format, damage: (text: string, random: Random) => string): Promise<void> {
  const all = subjects(format);
  const random = randomOf(20_260_102);
  let refused = 0;
  for (let n = 0; n < MUTANTS; n++) {
    const { path, files } = all[random(all.length)]!;
    const text = damage(files[`/work/${path}`]!, random);
    if (await judge({ path, files: { ...files, [`/work/${path}`]: text } })) refused++;
  }
  assert(refused > MUTANTS / 20 && refused < MUTANTS, `${refused} were refused`);
}

for (const format of ["toml", "yaml", "json", "hcl"] as const) {
  Deno.test(`${MUTANTS} damaged ${format} configurations: no crash, no unexplained error, no error with status 0`, () => {
    return judgeAll(format, mutate);
  });
}

const ODD_VALUES = [null, true, 0, -1, 1.5, 1e300, "", "x", "1h", "$x", "a...", [], {}, [null], [[]], [{}], { a: {} }, {
  use: "m",
}];

/** One to three of the values are others, of types that may make no sense there. */
function withOddValues(value: Value, random: Random): string {
  let left = 1 + random(3);
  return JSON.stringify(value, (_, item) => {
    if (left > 0 && random(8) === 0) {
      left--;
      return structuredClone(ODD_VALUES[random(ODD_VALUES.length)]); // odd values may be put into it
    }
    return typeof item === "bigint" ? Number(item) : item;
  });
}

Deno.test(`${MUTANTS} configurations with values of wrong types: no crash, no unexplained error`, async () => {
  const yaml = await loadLanguage("yaml");
  await judgeAll("yaml", (text, random) => {
    try {
      return withOddValues(yaml.parse(text).value, random); // JSON is YAML too
    } catch (error) {
      if (error instanceof SyntaxFault) return mutate(text, random); // a template, or a case of bad syntax
      throw error;
    }
  });
});
