import { assertEquals } from "@std/assert";
import { asksForPassword } from "../../src/model/password_source.ts";

const CALLS: [asks: boolean, words: string, environment?: Record<string, string>][] = [
  [true, "snapshots --repo=r"],
  [true, "backup --repo=r /home"],
  [false, "snapshots --password-file=key"],
  [false, "snapshots --password-command=cat"],
  [false, "snapshots -p key"],
  [false, "snapshots -pkey"],
  [false, "snapshots --insecure-no-password"],
  [false, "snapshots", { RESTIC_PASSWORD: "x" }],
  [false, "snapshots", { RESTIC_PASSWORD_FILE: "key" }],
  [false, "snapshots", { RESTIC_PASSWORD_COMMAND: "cat key" }],
  [true, "snapshots", { RESTIC_PASSWORD: "" }],
  [false, "version"],
  [false, "cache --cleanup"],
  [true, "copy --password-file=key --from-repo=r"],
  [false, "copy --password-file=key --from-password-file=other"],
  [false, "copy --password-file=key", { RESTIC_FROM_PASSWORD: "x" }],
  [true, "key --password-file=key add"],
  [true, "key passwd --password-file=key"],
  [false, "key add --password-file=key --new-password-file=new"],
  [false, "key list --password-file=key"],
];
for (const [asks, line, environment = {}] of CALLS) {
  Deno.test(`restic ${asks ? "asks" : "does not ask"} for a password: ${line} ${JSON.stringify(environment)}`, () => {
    const words = line.split(" ");
    assertEquals(asksForPassword({ command: words[0]!, words, environment }), asks);
  });
}
