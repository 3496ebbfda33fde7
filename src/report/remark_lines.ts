/** The sentences of remarks, with the level at which each is shown. */
import { formatDuration } from "../model/duration.ts";
import type { LogLevel } from "../model/invocation.ts";
import type { InitObstacle, Remark } from "../model/remark.ts";
import { nameOfHook, shownHooksText } from "./hook_lines.ts";
import type { Sentence } from "./sentence.ts";

type Code = Remark["code"];
type Of<C extends Code> = Extract<Remark, { readonly code: C }>;

/** @param profile of the job, for remarks that are about one */
export function remarkLine(remark: Remark, profile: string): Sentence {
  const word = SENTENCES[remark.code] as (remark: Remark, profile: string) => Sentence; // of its own code, as the type of the table says
  return word(remark, profile);
}

const line = (level: LogLevel) => (text: string): Sentence => ({ level, text });
const [trace, debug, info, warning, error] = [
  line("trace"),
  line("debug"),
  line("info"),
  line("warning"),
  line("error"),
];

const SENTENCES: { readonly [C in Code]: (remark: Of<C>, profile: string) => Sentence } = {
  "shell-line": ({ step, line }, profile) => debug(`profile '${profile}': ${step}: ${line}`),
  "shell": ({ program }, profile) => trace(`profile '${profile}': shell ${program}`),
  "restic-command": ({ commandLine, folder }, profile) =>
    debug(`profile '${profile}': running ${commandLine}${folder === undefined ? "" : ` (in ${folder})`}`),
  "restic-variables": ({ variables }, profile) => debug(`profile '${profile}': with the variables ${variables}`),
  "unfiltered-arguments": ({ commandLine }, profile) =>
    trace(`profile '${profile}': arguments before filtering: ${commandLine}`),
  "doubtful-repository": ({ stage, obstacle, isMade }) => warning(`${stage}: ${initText(obstacle, isMade)}`),
  "no-password": ({ stage }) =>
    error(
      `${stage}: restic got no password: set password-file or password-command, or RESTIC_PASSWORD in env-file`,
    ),
  "sources-unread": ({ stage, status }) =>
    warning(`${stage}: exit status ${status}: some source files could not be read`),
  "callback-failed": ({ cause }, profile) => warning(`stream-error on profile '${profile}': ${cause}`),
  "reader-quit": ({ stage, cause }) => debug(`${stage}: ${cause}`),
  "private-file-left": ({ path, reason }) =>
    warning(`Cannot remove the file "${path}", which holds a password: ${reason}`),

  "lock-without-flock": ({ path }, profile) => {
    const how = "others tell by numbers of processes whether this run lives";
    return info(`profile '${profile}': the lock "${path}" cannot be held by flock: ${how}`);
  },
  "no-lock": ({ path, reason }, profile) =>
    warning(`profile '${profile}' runs without lock: Cannot make the folder of "${path}": ${reason}`),
  "lock-replaced": ({ path, owner = "a run that is no more" }, profile) =>
    warning(`profile '${profile}': the run of ${owner} did not finish: its lock "${path}" is replaced`),
  "lock-waited": ({ path, waitedMs }, profile) =>
    warning(`profile '${profile}': waited ${formatDuration(waitedMs)} for lock "${path}"`),
  "lock-left": ({ pids }, profile) => {
    const who = `${pids.length === 1 ? "process" : "processes"} ${pids.join(", ")}`;
    return warning(`profile '${profile}': the lock stays, for ${who} did not end`);
  },
  "stale-restic-lock": ({ owner, ageMs, action }, profile) => {
    const next = action === "removed" ? "removing it" : "force-inactive-lock would have it removed";
    return warning(`profile '${profile}': stale lock of restic${by(owner)}, ${formatDuration(ageMs)} old: ${next}`);
  },
  "stale-restic-lock-left": ({ owner, obstacle }, profile) => {
    const why = obstacle.kind === "neighbour"
      ? `restic unlock would also remove that of PID ${obstacle.pid}, which may live in another container`
      : `restic ${obstacle.command} of the locks was ended: ${obstacle.reason}`;
    return warning(`profile '${profile}': stale lock of restic${by(owner)} is left: ${why}`);
  },

  "hooks-shown": ({ hooks }) => info(shownHooksText(hooks)),
  "hooks-failed": ({ stage, reason }) => warning(`${stage}: ${reason}`),
  "hook-body-not-json": ({ hook }, profile) =>
    warning(`${nameOfHook(hook, profile)}: its body is not valid JSON, though its Content-Type says so`),
  "hook-variable-unset": ({ hook, variable, path }, profile) => {
    const what = `Variable "${variable}" is not set: rendered as "<no value>" in "${path}"`;
    return warning(`${nameOfHook(hook, profile)}: ${what}`);
  },
  "certificates-unusable": ({ path, reason }) => warning(`Cannot use certificate file "${path}": ${reason}`),

  "on-battery": ({ percent, limit, isSkipped }) => {
    const state = `running on battery, charged to ${percent}%`;
    if (!isSkipped) return info(state);
    return warning(limit === 100 ? `${state}: not started` : `${state}, the limit is ${limit}%: not started`);
  },
  "available-memory": ({ megabytes }) => debug(`available memory: ${megabytes} MB`),
  "little-memory": ({ megabytes, wanted }) => {
    const advice = "write min-memory = 0 in the global section to switch this warning off";
    return warning(`There are ${megabytes} MB of available memory, restic often needs ${wanted} MB: ${advice}`);
  },
  "nice-not-set": ({ nice, reason }) => warning(`Cannot set nice ${nice} for child processes: ${reason}`),
  "io-priority-not-set": ({ reason }) => warning(`Cannot set the I/O priority: ${reason}`),
  "sleep-not-prevented": ({ reason }) => warning(`Cannot prevent sleep: ${reason}`),
  "not-all-sent": () => warning("Interrupted before all of metrics, status files and log was sent or written"),
};

function by(owner: string | undefined): string {
  return owner === undefined ? "" : ` held by ${owner}`;
}

/** What becomes of a new repository that something speaks against. */
export function initText(obstacle: InitObstacle, isMade: boolean): string {
  const why = obstacleText(obstacle);
  return isMade
    ? `A repository is made, though ${why}`
    : `No repository is made: ${why}. If this is where it belongs, run the command init`;
}

function obstacleText(obstacle: InitObstacle): string {
  switch (obstacle.kind) {
    case "another-place":
      return "its path may name another place than in the original (see validate)";
    case "inside":
      return `"${obstacle.path}" is inside of another repository, "${obstacle.outer}"`;
    case "unmounted":
      return `"${obstacle.path}" belongs on "${obstacle.mountPoint}", which is not mounted`;
    default:
      return obstacle satisfies never;
  }
}
