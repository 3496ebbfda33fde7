/** A stand-in restic: records how it was called and answers as told. It is a shell script in the folder's `bin/`. */

import type { Folder } from "./folder.ts";

export interface ResticReply {
  /** Exit status, 0 unless given. */
  readonly exit?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Shell line to run before it ends, such as `sleep 5`. */
  readonly run?: string;
}

export interface StandInRestic {
  /** Arguments of each call so far, in order, `restic version` apart. */
  calls(): string[][];
}

/**
 * Puts the stand-in first on the PATH of the tool.
 *
 * @param replies by restic command; a command that is not there succeeds silently
 * @param version what `restic version` says
 */
export function standInRestic(
  folder: Folder,
  replies: Readonly<Record<string, ResticReply>> = {},
  version = "0.18.0",
): StandInRestic {
  const log = `${folder.path}/restic.log`;
  const branches = Object.entries(replies).map(([command, reply]) => `${command})\n${answer(reply)};;`);
  folder.write({
    "bin/restic": [
      "#!/bin/sh",
      `[ "$1" = version ] && { echo "restic ${version} compiled with go1.24.1 on linux/amd64"; exit 0; }`,
      `{ printf '%s\\0' "$@"; printf '\\036'; } >> ${quote(log)}`,
      `case "$1" in`,
      ...branches,
      "esac",
      "",
    ].join("\n"),
  });
  return {
    calls: () => (folder.read("restic.log") ?? "").split("\0\x1e").slice(0, -1).map((line) => line.split("\0")),
  };
}

function answer({ exit = 0, stdout = "", stderr = "", run = ":" }: ResticReply): string {
  return `printf %s ${quote(stdout)}\nprintf %s ${quote(stderr)} >&2\n${run}\nexit ${exit}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
