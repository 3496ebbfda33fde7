/**
 * The whole way of a configuration, from the file to `validate` and `show`, with files that are damaged. RESTICPROFILE_TEST_MUTANTS
 * makes more of them, to look for what a few do not find.
 */
import { assert, assertEquals } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { describe } from "../../src/commands/show.ts";
import { layoutBlocks } from "../../src/views/aligned_blocks.ts";
import { readConfiguration } from "../../src/config/load.ts";
import { type Format, loadLanguage, SyntaxFault } from "../../src/config/formats/format.ts";
import { ConfigError } from "../../src/model/diagnostic.ts";
import type { Value } from "../../src/model/value.ts";
import { allCaseFiles } from "../support/case_files.ts";
import { DENSE_CONFIGURATIONS, INCLUDED } from "../support/dense_configurations.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";
import { mutate, type Random, randomOf } from "../support/mutate.ts";

const MUTANTS = Number(Deno.env.get("RESTICPROFILE_TEST_MUTANTS") ?? 320);

interface Subject {
  readonly path: string;
  /** By absolute path; the includes of a file are there. */
  readonly files: Readonly<Record<string, string>>;
}

function subjectsOfCases(format: Format): Subject[] {
  return allCaseFiles().flatMap(({ files, configurations }) => {
    const absolute = belowWork(files);
    return configurations.filter((found) => found.format === format).map(({ path }) => ({ path, files: absolute }));
  });
}

function denseSubject(version: keyof typeof DENSE_CONFIGURATIONS): Subject {
  return { path: "p.yaml", files: belowWork({ ...INCLUDED, "p.yaml": DENSE_CONFIGURATIONS[version] }) };
}

function belowWork(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`/work/${path}`, text]));
}

interface Problem {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
}

/** @returns the exit status of `validate`, and what it says */
async function validate({ path, files }: Subject): Promise<{ status: number; problems: Problem[] }> {
  const { status, stdout } = await runIn({ files }, ["--config", path, "validate", "--json"]);
  return { status, problems: JSON.parse(stdout) };
}

async function show({ path, files }: Subject): Promise<void> {
  const { status, stdout, stderr } = await runIn({ files }, ["--config", path, "show"]);
  assert(status === 0 ? stdout !== "" : /^.*\S.*$/m.test(stderr), `status ${status}, ${stdout}${stderr}`);
}

async function runIn(options: FakeOptions, args: readonly string[]) {
  const world = fakeWorld(options);
  const status = await run([...args], world);
  assertEquals(world.printed.stderr.includes("mistake in this program"), false, world.printed.stderr);
  return { status, ...world.printed };
}

/** Describes every profile and group, whatever is wrong with the others. Only a problem of the configuration may end it. */
async function describeAll({ path, files }: Subject): Promise<void> {
  try {
    const world = fakeWorld({ files });
    const configuration = await readConfiguration(world, { name: path, format: undefined });
    for (const name of [...configuration.profileNames(), ...configuration.groupNames()]) {
      await describe(name, configuration, { origins: true, layout: layoutBlocks }, world);
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
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
    await describeAll(subject);
    return errors.length > 0;
  } catch (error) {
    throw new Error(`${subject.path}: ${JSON.stringify(subject.files[`/work/${subject.path}`])}`, { cause: error });
  }
}

type Damage = (text: string, random: Random) => string;

/** Judges as many configurations as `damage` makes of the subjects. */
async function judgeAll(subjects: readonly Subject[], damage: Damage): Promise<void> {
  const random = randomOf(20_260_102);
  let refused = 0;
  for (let n = 0; n < MUTANTS; n++) {
    const { path, files } = subjects[n % subjects.length]!;
    const text = damage(files[`/work/${path}`]!, random);
    if (await judge({ path, files: { ...files, [`/work/${path}`]: text } })) refused++;
  }
  assert(refused > MUTANTS / 20 && refused < MUTANTS, `${refused} were refused`);
}

for (const format of ["toml", "yaml", "json", "hcl"] as const) {
  Deno.test(`damaged ${format} configurations: no crash, no unexplained error, no error with status 0`, () => {
    return judgeAll(subjectsOfCases(format), mutate);
  });
}

for (const version of ["1", "2"] as const) {
  Deno.test(`a damaged configuration of version ${version} that uses nearly all there is: no crash`, () => {
    return judgeAll([denseSubject(version)], mutate);
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

Deno.test("configurations with values of wrong types: no crash, no unexplained error", async () => {
  const yaml = await loadLanguage("yaml");
  const subjects = [...subjectsOfCases("yaml"), denseSubject("1"), denseSubject("2")];
  await judgeAll(subjects, (text, random) => {
    try {
      return withOddValues(yaml.parse(text).value, random); // JSON is YAML too
    } catch (error) {
      if (error instanceof SyntaxFault) return mutate(text, random); // a template, or a case of bad syntax
      throw error;
    }
  });
});
