/** Compares what a case wants with what happened. */

import type { CaseSpec, Event, Recording, Step } from "./case.ts";
import { difference } from "./difference.ts";
import type { Ended } from "./tool.ts";

/**
 * Problems of the outputs and exit statuses that the steps themselves ask for.
 *
 * @param ended with marks in the texts
 */
export function problemsOfSteps(steps: readonly Step[], ended: readonly Ended[]): string[] {
  return steps.flatMap((step, index) => problemsOfStep(step, ended[index]!, `run ${index + 1}`));
}

function problemsOfStep(step: Step, { code, stdout, stderr }: Ended, name: string): string[] {
  const output = stdout + stderr;
  const problem = (where: string, text: string, fault: "lacks" | "has", wanted: string) =>
    `${where} of ${name} ${fault} ${JSON.stringify(wanted)}; it was:\n${text}`;
  const lacking = (where: string, text: string, wanted: readonly string[] = []) =>
    wanted.filter((part) => !contains(text, part)).map((part) => problem(where, text, "lacks", part));
  const exits = step.exit !== undefined && step.exit !== code;
  return [
    ...lacking("stdout", stdout, step.stdout),
    ...lacking("stderr", stderr, step.stderr),
    ...lacking("output", output, step.output),
    ...(step.notOutput ?? []).filter((part) => contains(output, part))
      .map((part) => problem("output", output, "has", part)),
    ...(exits ? [`${name} exits ${code}, wanted ${step.exit}; it printed:\n${output}`] : []),
  ];
}

/** @param part a text, or a regular expression between slashes */
function contains(text: string, part: string): boolean {
  const [, source] = /^\/([^]*)\/$/.exec(part) ?? [];
  return source === undefined ? text.includes(part) : new RegExp(source, "ms").test(text);
}

export function problemsOfRecording(spec: CaseSpec, expected: Recording, actual: Recording): string[] {
  const [exits, wanted] = [JSON.stringify(actual.exits), JSON.stringify(expected.exits)];
  const events = spec.ignoreEvents ? undefined : difference(lines(spec, expected.events), lines(spec, actual.events));
  return [
    ...(exits === wanted ? [] : [`exits ${exits}, wanted ${wanted}`]),
    ...(events ? [["events differ (- wanted, + got):", ...events].join("\n")] : []),
    ...Object.entries(expected.files ?? {}).filter(([path, text]) => actual.files?.[path] !== text)
      .map(([path, text]) => `file ${path}:\n--- wanted\n${text}\n--- got\n${actual.files?.[path]}`),
  ];
}

function lines({ unordered }: CaseSpec, events: readonly Event[]): string[] {
  const texts = events.map((event) => JSON.stringify(event));
  return unordered ? texts.sort() : texts;
}

/** Cases that want a certificate verified which its server also uses as an authority; see `verifiesOwnAuthorities`. */
const OWN_AUTHORITY = ["hooks/seed-ca-certificates.txtar"];
const REMEDY = "basicConstraints=critical,CA:FALSE";

export function wantsOwnAuthority(file: string): boolean {
  return OWN_AUTHORITY.some((name) => file.endsWith(`/${name}`));
}

/** What is wanted of a tool that cannot verify them: no such request, the remedy in the output of each run. */
export function withoutOwnAuthority(expected: Recording): Recording {
  return { ...expected, events: expected.events.filter(({ https }) => https === undefined) };
}

export function problemsOfRemedy(ended: readonly Ended[]): string[] {
  return ended.flatMap(({ stdout, stderr }, index) =>
    (stdout + stderr).includes(REMEDY) ? [] : [`output of run ${index + 1} lacks the remedy "${REMEDY}"`]
  );
}
