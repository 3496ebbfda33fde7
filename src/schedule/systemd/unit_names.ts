/** Names of units. */
import { type JobName } from "../scheduled_job.ts";

/** `resticprofile-backup@profile-home`, without its type; groups are called profiles too. */
export function unitName({ command, name }: JobName): string {
  return `resticprofile-${escapeName(command)}@profile-${escapeName(name)}`;
}

/** Undefined for a file that is not a service of this program. */
export function parseServiceName(file: string): JobName | undefined {
  const [, command, name] = /^resticprofile-([^@]+)@profile-(.+)\.service$/.exec(file) ?? [];
  if (command === undefined || name === undefined) return undefined;
  return { command: unescapeName(command), name: unescapeName(name) };
}

/** Units of a profile or group, or of all, as a pattern for systemctl: `\` escapes there. */
export function unitPattern(name: string | undefined): string {
  return `resticprofile-*@profile-${name === undefined ? "*" : escapeName(name).replaceAll("\\", "\\\\")}`;
}

/** As systemd-escape does for what a name of a unit cannot have; dashes stay, so a slash becomes no dash. */
function escapeName(name: string): string {
  return [...new TextEncoder().encode(name)].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9:_.-]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
  }).join("");
}

function unescapeName(name: string): string {
  const bytes = [...name.matchAll(/\\x([0-9a-f]{2})|[^]/gu)].flatMap(([character, code]) =>
    code === undefined ? [...new TextEncoder().encode(character)] : [parseInt(code, 16)]
  );
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
