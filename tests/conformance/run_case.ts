/** Runs one case: a fresh folder, receivers and stand-ins, the tool, and a look at what they saw. */

import type { Certificates } from "../support/certificates.ts";
import { makeFolder } from "../support/folder.ts";
import { formatArchive } from "./archive.ts";
import { type Case, type CaseSpec, parseCase, type Recording, stepsOf, withRecording } from "./case.ts";
import { logRequest, readEvents } from "./event_log.ts";
import {
  problemsOfRecording,
  problemsOfRemedy,
  problemsOfSteps,
  wantsOwnAuthority,
  withoutOwnAuthority,
} from "./judge.ts";
import { type Marks, marks } from "./marks.ts";
import type { Options } from "./options.ts";
import { startReceivers } from "./receivers.ts";
import { type Place, writeStandIns } from "./stand_ins.ts";
import { type Ended, launch } from "./tool.ts";

export interface Bench {
  readonly options: Options;
  readonly certificates: Certificates;
  /** See `verifiesOwnAuthorities`. */
  readonly verifies: boolean;
}

/** @param file path of the case. @returns what is wrong, nothing when it passed */
export async function runCase(file: string, bench: Bench): Promise<string[]> {
  const { options, verifies } = bench;
  const found = parseCase(await Deno.readTextFile(file));
  const { ended, recording } = await perform(found, bench);
  const output = ended.map(({ stdout, stderr }) => stdout + stderr).join("\n");
  if (options.verbose) console.log(output);
  const ofSteps = problemsOfSteps(stepsOf(found.spec), ended);
  if (options.record) {
    await Deno.writeTextFile(file, formatArchive(withRecording(found.archive, recording)));
    return ofSteps;
  }
  if (found.expected === undefined) return [...ofSteps, "no expected.json: record the case first"];
  const lacksAuthority = !verifies && wantsOwnAuthority(file);
  const expected = lacksAuthority ? withoutOwnAuthority(found.expected) : found.expected;
  const problems = [
    ...ofSteps,
    ...(lacksAuthority ? problemsOfRemedy(ended) : []),
    ...problemsOfRecording(found.spec, expected, recording),
  ];
  return problems.length === 0 ? [] : [...problems, `the tool printed:\n${output}`];
}

interface Performance {
  /** Texts with marks. */
  readonly ended: readonly Ended[];
  readonly recording: Recording;
}

async function perform(found: Case, bench: Bench): Promise<Performance> {
  const { path } = makeFolder({ ".events": "" });
  try {
    return await performIn(path, found, bench);
  } finally {
    if (bench.options.keep) console.log(`kept ${path}`);
    else await Deno.remove(path, { recursive: true }).catch(() => {}); // what the tool left behind may still write there
  }
}

async function performIn(dir: string, found: Case, { options, certificates }: Bench): Promise<Performance> {
  const { spec } = found;
  const log = `${dir}/.events`;
  using receivers = await startReceivers(spec, certificates, (event) => logRequest(log, event));
  const { http, selfSigned, signed } = receivers;
  const { fill, hide } = marks({ DIR: dir, HTTP: http, HTTPS_SELF: selfSigned, HTTPS_CA: signed });
  await prepare({ dir, log, spec, fill }, found, certificates);
  const ended = await runSteps(spec, { tool: options.tool, dir, limit: spec.timeout ?? 20, fill });
  return {
    ended: ended.map(({ code, stdout, stderr }) => ({ code, stdout: hide(stdout), stderr: hide(stderr) })),
    recording: {
      exits: ended.map(({ code }) => code),
      events: await readEvents(log, spec, hide),
      ...(spec.capture ? { files: await capture(spec.capture, dir, hide) } : {}),
    },
  };
}

async function prepare(place: Place, { files, spec }: Case, { folder }: Certificates): Promise<void> {
  const { dir, fill } = place;
  await Deno.mkdir(`${dir}/home`);
  await Deno.mkdir(`${dir}/tmp`);
  await Deno.copyFile(`${folder}/self.pem`, `${dir}/self-signed.pem`);
  await Deno.copyFile(`${folder}/authority.pem`, `${dir}/ca.pem`);
  for (const [name, text] of files) {
    const path = `${dir}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, fill(text));
    const mode = spec.modes?.[name];
    if (mode !== undefined) await Deno.chmod(path, parseInt(mode, 8));
  }
  await writeStandIns(place);
}

async function runSteps(spec: CaseSpec, options: Parameters<typeof launch>[1]): Promise<Ended[]> {
  const started: Promise<Ended>[] = [];
  for (const step of stepsOf(spec)) {
    const ended = launch(step, options);
    started.push(ended);
    if (step.background === undefined) await ended;
    else await new Promise((resolve) => setTimeout(resolve, step.background! * 1000));
  }
  return await Promise.all(started);
}

async function capture(paths: readonly string[], dir: string, hide: Marks["hide"]) {
  const read = (path: string) => Deno.readTextFile(`${dir}/${path}`).then(hide, () => null);
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));
}
