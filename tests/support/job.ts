/** Jobs and steps of plain values, as planning would make them. */
import type { RunEvent, Tell } from "../../src/model/event.ts";
import type { HttpStep, Job, ResticStep, ShellStep, Step } from "../../src/model/plan.ts";
import { linesOf } from "../../src/report/run_sentences.ts";
import { Secret } from "../../src/model/secret.ts";

export function job(steps: readonly Step[], more: Partial<Job> = {}): Job {
  return {
    profile: "home",
    group: undefined,
    command: "backup",
    workingDir: "/work",
    environment: { files: [], variables: [], fixed: [["PROFILE_NAME", "home"], ["PROFILE_COMMAND", "backup"]] },
    conditions: [],
    lock: undefined,
    lockWaitMs: 0,
    resticLocks: { retryAfterMs: 60_000, staleAgeMs: 3_600_000, unlock: undefined },
    steps,
    streamErrors: [],
    shells: ["bash", "sh"],
    hookStdout: "inherit",
    priority: undefined,
    monitoring: {
      statusFile: undefined,
      prometheusFile: undefined,
      prometheusPush: undefined,
      prometheusLabels: [],
      resticVersion: "0.18.0",
    },
    http: { timeoutMs: 30_000, caCertificates: [] },
    level: "info",
    resticExitStatus: false,
    ...more,
  };
}

export function shellStep(id: string, line: string, more: Partial<ShellStep> = {}): ShellStep {
  return {
    kind: "shell",
    id,
    line,
    section: undefined,
    when: "success",
    onError: "fail",
    stage: `${id.replace(/\[\d+\]$/, "")} on profile 'home'`,
    ...more,
  };
}

export function resticStep(command: string, more: Partial<ResticStep> = {}): ResticStep {
  return {
    kind: "restic",
    id: command,
    section: command,
    when: "success",
    onError: "fail",
    stage: `${command} on profile 'home'`,
    program: "/usr/bin/restic",
    command,
    args: [command],
    workingDir: "/work",
    stdin: { from: "nothing" },
    stdout: "inherit",
    quiet: false,
    watched: true,
    retried: true,
    warningsAllowed: false,
    report: command === "backup" || command === "check" ? command : undefined,
    summary: undefined,
    hideJson: false,
    errorsInWords: false,
    keepStdout: false,
    ...more,
  };
}

export function httpStep(phase: HttpStep["phase"], more: Partial<HttpStep> = {}): HttpStep {
  const when = ({
    "send-before": "success",
    "send-after": "success",
    "send-after-fail": "failure",
    "send-finally": "always",
  } as const)[phase];
  const url = new Secret(`http://receiver.test/${phase}/$ERROR_EXIT_CODE`);
  return {
    kind: "http",
    id: phase,
    section: "backup",
    when,
    onError: "ignore",
    stage: `${phase} backup on profile 'home'`,
    phase,
    hooks: [{
      url,
      method: "GET",
      headers: [],
      expandHeaders: false,
      body: { kind: "none" },
      skipTlsVerification: false,
      retries: 0,
      expectStatus: undefined,
      expectBody: undefined,
    }],
    shownOnly: false,
    ...more,
  };
}

/** Every list of a run, each with one hook, in the order of the manual: 1 to 8, F1 to F3, E1 to E3. */
export function wholeBackup(): Step[] {
  const section = "backup";
  return [
    shellStep("run-before[0]", "1"),
    resticStep("init", {
      onError: "ignore",
      quiet: true,
      watched: false,
      retried: false,
      newRepository: { isAsked: false, isDoubtful: false },
    }),
    httpStep("send-before"),
    shellStep("backup run-before[0]", "4", { section, stage: "run-before backup on profile 'home'" }),
    resticStep("check", { id: "check-before", stage: "backup check on profile 'home'" }),
    resticStep("backup"),
    shellStep("backup run-after[0]", "6", { section, stage: "run-after backup on profile 'home'" }),
    httpStep("send-after"),
    shellStep("run-after[0]", "8"),
    httpStep("send-after-fail"),
    shellStep("backup run-after-fail[0]", "F2", { section, when: "failure", onError: "report", chain: "after-fail" }),
    shellStep("run-after-fail[0]", "F3", { when: "failure", onError: "report", chain: "after-fail" }),
    shellStep("backup run-finally[0]", "E1", { section, when: "always", onError: "report" }),
    shellStep("run-finally[0]", "E2", { when: "always", onError: "report" }),
    httpStep("send-finally"),
  ];
}

/** `LEVEL: TEXT` of all that events say to people. @param profile outside of jobs; in a job it is that of the job */
export function spoken(events: readonly RunEvent[], profile = ""): string[] {
  let of = profile;
  return events.flatMap((event) => {
    if (event.type === "run-started") of = event.planned.profile;
    return linesOf(event, of).map(({ level, text }) => `${level}: ${text}`);
  });
}

/** Keeps what is told. */
export function listener(): { tell: Tell; events: RunEvent[]; messages(): string[]; output(): string } {
  const events: RunEvent[] = [];
  return {
    tell: (event) => void events.push(event.type === "output" ? { ...event, bytes: event.bytes.slice() } : event),
    events,
    messages: () => spoken(events),
    output: () => events.map((event) => event.type === "output" ? new TextDecoder().decode(event.bytes) : "").join(""),
  };
}
