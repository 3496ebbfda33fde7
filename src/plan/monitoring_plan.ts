/** Where the outcome of a run is reported. */
import { absoluteFrom } from "../model/path.ts";
import type { Monitoring } from "../model/plan.ts";
import { expandVariables } from "../template/expand_variables.ts";
import type { Planning } from "./planning.ts";

/** Nowhere for a dry run of restic: it is not a backup. */
export function planMonitoring({ profile, global, word, facts, isResticDryRun }: Planning): Monitoring {
  const { options, workingDir } = profile;
  const file = (path: string | undefined) =>
    path && !isResticDryRun ? absoluteFrom(workingDir, path, facts.os) : undefined;
  const push = options["prometheus-push"];
  return {
    statusFile: file(options["status-file"]),
    prometheusFile: file(options["prometheus-save-to-file"]),
    prometheusPush: push && push.reveal() !== "" && !isResticDryRun
      ? {
        url: push,
        job: jobName(options["prometheus-push-job"], profile.name, word),
        grouping: [...options["prometheus-push-grouping"] ?? []],
        format: options["prometheus-push-format"] === "protobuf" ? "protobuf" : "text",
        retries: global["send-retries"],
      }
      : undefined,
    prometheusLabels: [...options["prometheus-labels"] ?? []],
    resticVersion: facts.resticVersion,
  };
}

/** `$command`, in any case, is the command; other names are empty. */
function jobName(configured: string | undefined, profile: string, command: string): string {
  if (!configured) return `${profile}.${command}`;
  return expandVariables(configured, "request", (name) => name.toLowerCase() === "command" ? command : "");
}
