/**
 * Flags of restic that name files, in a profile or any section, and how their values are resolved. All other values keep their text,
 * unless an own key of the section says more: patterns (`exclude`) are paths of this machine in a backup alone.
 */
import type { PathRule } from "./key.ts";

export const PATH_FLAGS: Readonly<Record<string, PathRule>> = {
  "repository": "repository",
  "repo": "repository",
  "from-repository": "repository",
  "from-repo": "repository",
  "repository-file": "config",
  "password-file": "config",
  "from-repository-file": "config",
  "from-password-file": "config",
  "new-password-file": "config",
  "cache-dir": "config",
  "cacert": "config",
  "tls-client-cert": "config",
  "exclude-file": "config",
  "iexclude-file": "config",
  "include-file": "config",
  "iinclude-file": "config",
  "files-from": "config",
  "files-from-raw": "config",
  "files-from-verbatim": "config",
  "path": "working",
};
