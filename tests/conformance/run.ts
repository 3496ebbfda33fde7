/**
 * Black-box conformance runner; `README.md` in this folder has its command line and the format of cases.
 *
 * Each case is one txtar file. The tool runs in a fresh folder with a stand-in restic, real HTTP and HTTPS receivers and stand-in
 * schedulers; everything they see is compared, in order, with the recorded events. The last line is `N passed, N failed`.
 */

import { makeCertificates } from "../support/certificates.ts";
import { type Options, parseOptions, USAGE } from "./options.ts";
import { type Bench, runCase } from "./run_case.ts";
import { verifiesOwnAuthorities } from "./tool.ts";

const CASES = new URL("cases", import.meta.url).pathname;

/** @returns the exit status: 0 if there are cases and all pass */
async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) {
    console.error(USAGE);
    return 2;
  }
  const files = await wantedFiles(options);
  const certificates = await makeCertificates();
  try {
    const bench = { options, certificates, verifies: await verifiesOwnAuthorities(options.tool) };
    const passed = await runAll(files, bench);
    console.log(`${passed} passed, ${files.length - passed} failed`);
    return passed === files.length && passed > 0 ? 0 : 1;
  } finally {
    await Deno.remove(certificates.folder, { recursive: true });
  }
}

async function wantedFiles({ paths, filter }: Options): Promise<string[]> {
  const found = await Promise.all((paths.length > 0 ? paths : [CASES]).map(casesIn));
  return found.flat().sort().filter((file) => file.includes(filter));
}

/** @param path a case, or a folder that has some at any depth */
async function casesIn(path: string): Promise<string[]> {
  if ((await Deno.stat(path)).isFile) return [path];
  const found = [...Deno.readDirSync(path)].map(({ name, isDirectory }) =>
    isDirectory ? casesIn(`${path}/${name}`) : name.endsWith(".txtar") ? [`${path}/${name}`] : []
  );
  return (await Promise.all(found)).flat();
}

/** @returns how many passed */
async function runAll(files: readonly string[], bench: Bench): Promise<number> {
  const queue = files.values();
  let passed = 0;
  const work = async () => {
    for (const file of queue) {
      const problems = await runCase(file, bench).catch((error) => [`runner: ${error.stack ?? error}`]);
      if (problems.length === 0) passed++;
      show(file, problems, bench.options);
    }
  };
  await Promise.all(Array.from({ length: bench.options.jobs }, work));
  return passed;
}

function show(file: string, problems: readonly string[], { verbose }: Options): void {
  const name = file.replace(/^.*\/cases\//, "");
  if (problems.length === 0) {
    if (verbose) console.log(`ok    ${name}`);
    return;
  }
  console.log(`FAIL  ${name}`);
  for (const problem of problems) console.log(`      ${problem.replaceAll("\n", "\n      ")}`);
}

Deno.exit(await main(Deno.args));
