import { assertEquals } from "@std/assert";
import { resticFailureKind } from "../../src/run/restic_failure.ts";

/** Lines that releases from 0.14 to 0.19 print. */
for (
  const [status, stderr, kind] of [
    [3, "Warning: at least one source file could not be read", "incomplete"],
    [
      10,
      "Fatal: repository does not exist: unable to open config file: stat /r/config: no such file or directory",
      "repository-missing",
    ],
    [11, "unable to create lock in backend: repository is already locked by PID 7", "repository-locked"],
    [12, "Fatal: wrong password or no key found", "wrong-password"],
    [130, "", "signal"],
    [1, "Fatal: wrong password or no key found", "wrong-password"],
    [
      1,
      "unable to create lock in backend: repository is already locked exclusively by PID 7 on nas",
      "repository-locked",
    ],
    [
      1,
      "Fatal: unable to open config file: stat /r/config: no such file or directory\nIs there a repository at the following location?\n/r",
      "repository-missing",
    ],
    [1, "Save(<data/1a>) returned error: write /r/tmp: no space left on device", "no-space"],
    [
      1,
      'Fatal: unable to open repository at rest:http://nas:8000/: Head "http://nas:8000/config": dial tcp: lookup nas: no such host',
      "network",
    ],
    [1, "Fatal: something else", "restic"],
    [undefined, "", "restic"],
  ] as const
) {
  Deno.test(`restic with exit status ${status} and "${stderr.slice(0, 50)}" failed for: ${kind}`, () => {
    assertEquals(resticFailureKind(status, stderr), kind);
  });
}
