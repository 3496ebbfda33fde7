/** Metrics that are written and never reach Prometheus. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { folderOf } from "../model/path.ts";
import { labelProblems } from "../model/metric_labels.ts";
import { kindAt } from "../platform/kind_at.ts";
import type { World } from "../platform/world.ts";
import type { Profile } from "../schema/profile.ts";

/** Names that people give a label that tells machines apart. */
const HOST_LABEL = /^(?:host|hostname|host_name|instance|node|machine|server)$/i;

export function checkMonitoring(profile: Profile, world: World): Diagnostic[] {
  return [...unusableLabels(profile), ...metricsFile(profile, world), ...hostsOfOneGroup(profile)];
}

function unusableLabels({ options, at }: Profile): Diagnostic[] {
  const key = "prometheus-labels";
  return labelProblems([...options[key] ?? []]).map((message) => ({
    code: "metrics",
    severity: "warning",
    message,
    at: at([key]),
  }));
}

function warning({ at }: Profile, key: string, message: string, hint: string): Diagnostic[] {
  return [{ code: "metrics", severity: "warning", message, at: at([key]), hint }];
}

function metricsFile(profile: Profile, { files }: World): Diagnostic[] {
  const key = "prometheus-save-to-file";
  const path = profile.options[key];
  if (!path) return [];
  const name = `"${profile.name}.${key}"`;
  const folder = folderOf(path);
  const missing = path.startsWith("/") && kindAt(folder, files) === undefined
    ? warning(profile, key, `There is no folder "${folder}" for ${name}`, "A run creates it; check the spelling")
    : [];
  if (path.endsWith(".prom")) return missing;
  const message = `${name} does not end in .prom: node_exporter does not read it`;
  return [...missing, ...warning(profile, key, message, "Give the file a name that ends in .prom")];
}

/** Labels in the metrics do not keep two hosts apart: the gateway replaces what has the same path. */
function hostsOfOneGroup(profile: Profile): Diagnostic[] {
  const { options } = profile;
  if (!options["prometheus-push"] || (options["prometheus-push-grouping"]?.size ?? 0) > 0) return [];
  const label = [...options["prometheus-labels"]?.keys() ?? []].find((name) => HOST_LABEL.test(name));
  if (label === undefined || /host/i.test(options["prometheus-push-job"] ?? "")) return [];
  const message =
    `"${profile.name}.prometheus-push": a push of another host replaces these metrics, as the label "${label}" is not part of the group`;
  return warning(profile, "prometheus-push", message, `Set prometheus-push-grouping, for example ${label} = "…"`);
}

/** Profiles of one file whose pushes replace each other's metrics. @param profiles those that are run, not only inherited from */
export function sharedPushGroups(profiles: readonly Profile[]): Diagnostic[] {
  const first = new Map<string, Profile>();
  return profiles.flatMap((profile) => {
    const group = pushGroup(profile);
    if (group === undefined) return [];
    const other = first.get(group);
    first.set(group, other ?? profile);
    if (other === undefined) return [];
    const key = "prometheus-push-job";
    const message =
      `"${profile.name}.${key}" is the job of "${other.name}" too: each push replaces the other's metrics`;
    return warning(profile, key, message, "Remove it, or set prometheus-push-grouping in each of them");
  });
}

/** Undefined: the profile pushes nothing, or under its own name. */
function pushGroup({ options }: Profile): string | undefined {
  const { "prometheus-push": url, "prometheus-push-job": job, "prometheus-push-grouping": grouping } = options;
  return url && job ? JSON.stringify([url.reveal(), job, [...grouping ?? []]]) : undefined;
}
