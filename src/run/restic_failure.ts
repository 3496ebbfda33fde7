/**
 * Why restic failed, as a word. From 0.17 on it says that with its exit status; for older releases, and for what has no status
 * (network, disk), its text has to tell. Texts change between releases: a kind from a text is a help for people, and no decision
 * of a run rests on it.
 */
import { RESTIC_EXIT } from "../model/exit_status.ts";
import type { FailureKind } from "../model/failure_kind.ts";

const BY_STATUS: Readonly<Record<number, FailureKind>> = {
  [RESTIC_EXIT.incomplete]: "incomplete",
  [RESTIC_EXIT.noRepository]: "repository-missing",
  [RESTIC_EXIT.locked]: "repository-locked",
  [RESTIC_EXIT.wrongPassword]: "wrong-password",
  [RESTIC_EXIT.interrupted]: "signal",
};

/** The first that matches counts. */
const BY_TEXT: readonly (readonly [text: RegExp, kind: FailureKind])[] = [
  [/wrong password or no key found/, "wrong-password"],
  [/unable to create lock in backend|repository is already locked/, "repository-locked"],
  [
    /Is there a repository at the following location\?|unable to open config file|repository does not exist/,
    "repository-missing",
  ],
  [/no space left on device|disk quota exceeded/i, "no-space"],
  [
    /connection (?:refused|reset|timed out)|no such host|network is unreachable|no route to host|i\/o timeout|TLS handshake|dial tcp|server misbehaving/i,
    "network",
  ],
];

/** @param status undefined when a signal ended it */
export function resticFailureKind(status: number | undefined, stderr: string): FailureKind {
  const known = status === undefined ? undefined : BY_STATUS[status];
  return known ?? BY_TEXT.find(([text]) => text.test(stderr))?.[1] ?? "restic";
}
