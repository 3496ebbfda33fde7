/** Variables of a crontab by which some crons take the times of all lines below for those of another zone. */
import { isLocalZone, isZoneName } from "../calendar/zone_offsets.ts";

const ASSIGNMENT = /^\s*(["']?)(CRON_TZ|TZ)\1\s*=\s*(.*?)\s*$/;
const WHO = { CRON_TZ: "cronie and systemd-cron", TZ: "systemd-cron" } as const;

/**
 * Warnings for jobs that would start at other times than were meant.
 * @param above the lines of a table up to the last of the jobs
 */
export function foreignZones(above: string): string[] {
  const last = new Map<keyof typeof WHO, { line: number; zone: string }>();
  for (const [index, text] of above.split("\n").entries()) {
    const [, , name, value = ""] = ASSIGNMENT.exec(text) ?? [];
    if (name === "CRON_TZ" || name === "TZ") {
      last.set(name, { line: index + 1, zone: value.replace(/^(["'])(.*)\1$/, "$2") });
    }
  }
  return [...last].filter(([, { zone }]) => !isLocal(zone)).map(([name, { line, zone }]) =>
    `The crontab sets ${name}=${zone} in line ${line}, above the jobs: ${
      WHO[name]
    } would start them by the time there, ` +
    "move that line below them"
  );
}

function isLocal(zone: string): boolean {
  const name = zone.replace(/^:/, "");
  return name === "/etc/localtime" || isZoneName(name) && isLocalZone(name);
}
