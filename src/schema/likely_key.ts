/** Which key an unknown word means: other spellings, the words of other backup programs, slips of the pen. */
import { nearest } from "../model/nearest.ts";

const NO_DELAY =
  "There is no such setting: RandomizedDelaySec of systemd can be set in a file of systemd-drop-in-files";
const NO_LIMIT =
  "There is no time limit for a run: send-timeout in global is that of HTTP hooks, schedule-lock-wait that of locks";
const NO_SWITCH = "There is no such setting: what is not to run is left out of groups and has no schedule";

/** What people write, and what it is called here. The first that is known at the place counts. A sentence is the whole hint. */
const MEANINGS: Readonly<Record<string, string | readonly string[]>> = {
  "active": NO_SWITCH,
  "after": ["run-after", "after-backup"],
  "at": "schedule",
  "before": ["run-before", "before-backup"],
  "check-battery": ["schedule-ignore-on-battery", "ignore-on-battery"],
  "command-after": "run-after",
  "command-before": "run-before",
  "cron": ["schedule", "at"],
  "destination": "repository",
  "directories": "source",
  "disabled": NO_SWITCH,
  "enabled": NO_SWITCH,
  "environment": "env",
  "extends": "inherit",
  "files": "source",
  "folders": "source",
  "host-name": "host",
  "hostname": "host",
  "ignore": "exclude",
  "include": ["source", "includes"],
  "interval": ["schedule", "at"],
  "inherits": "inherit",
  "keep": "keep-last",
  "label": "tag",
  "labels": "tag",
  "max-runtime": NO_LIMIT,
  "max-time": NO_LIMIT,
  "lock-wait":
    "Give it as --lock-wait with a command, or as schedule-lock-wait in the section of one that is scheduled",
  "name": "description",
  "on-error": "run-after-fail",
  "on-failure": "run-after-fail",
  "on-success": "run-after",
  "parent": "inherit",
  "pass": "password-file",
  "passphrase": "password-file",
  "password": "password-file",
  "path": "source",
  "paths": ["path", "source"],
  "post-backup": "run-after",
  "post-command": "run-after",
  "pre-backup": "run-before",
  "pre-command": "run-before",
  "prometheus-url": "prometheus-push",
  "prometheus-push-url": "prometheus-push",
  "random-delay": NO_DELAY,
  "randomized-delay-sec": NO_DELAY,
  "read-data-percent": "read-data-subset",
  "jitter": NO_DELAY,
  "retain": "retention",
  "run-after-backup": "run-after",
  "run-after-success": "run-after",
  "run-before-backup": "run-before",
  "run-on-error": "run-after-fail",
  "run-on-failure": "run-after-fail",
  "schedule-jitter": NO_DELAY,
  "schedule-random-delay": NO_DELAY,
  "secret": "password-file",
  "target": "repository",
  "time": ["schedule", "at"],
  "timeout": NO_LIMIT,
  "timer": ["schedule", "at"],
  "token": "password-file",
  "workdir": "base-dir",
  "working-dir": "base-dir",
  "working-directory": "base-dir",
};

/** @returns a key that is known, or a sentence; undefined when nothing is near */
export function likelyKey(word: string, known: readonly string[]): string | undefined {
  const plain = word.toLowerCase().replaceAll("_", "-");
  return known.find((key) => key === plain) ?? meaningOf(plain, known) ??
    known.find((key) => sortedWords(key) === sortedWords(plain)) ??
    known.find((key) => plain === `schedule-${key}`) ??
    known.find((key) => key === `${plain}s` || `${key}s` === plain || joined(key) === joined(plain)) ??
    nearest(plain, known);
}

function meaningOf(word: string, known: readonly string[]): string | undefined {
  const meanings = Object.hasOwn(MEANINGS, word) ? [MEANINGS[word]!].flat() : [];
  return meanings.find((meaning) => meaning.includes(" ") || known.includes(meaning));
}

/** `cache-cleanup` is `cleanup-cache`. */
function sortedWords(key: string): string {
  return key.split("-").sort().join("-");
}

/** `passwordfile` is `password-file`. */
function joined(key: string): string {
  return key.replaceAll("-", "");
}
