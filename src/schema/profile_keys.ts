/** Own keys of a profile; what is neither here nor a section is a flag of restic. */
import { SHELL_HOOK_KEYS, STREAM_ERROR_KEYS } from "./hook_keys.ts";
import { keyTable } from "./key.ts";

export const PROFILE_KEYS = keyTable({
  "description": { type: "text", doc: "For listings; never inherited" },
  "inherit": { type: "text", doc: "The profile this one is laid over" },
  "use": { type: "use", doc: "Mixins", version: 2 },
  "base-dir": { type: "text", doc: "Working folder of the profile", path: "folder" },
  "initialize": { type: "boolean", doc: "Run restic init first (default: as in global)" },
  "lock": { type: "text", doc: "Lock file, so that the profile runs once at a time", path: "config" },
  "force-inactive-lock": { type: "boolean", doc: "Take over a lock whose owner is dead", default: false },
  "env": { type: "text-table", doc: "Environment of restic and hooks", secret: true },
  "env-file": { type: "texts", doc: "Dotenv files; env wins", path: "config" },
  ...SHELL_HOOK_KEYS,
  "stream-error": {
    type: "tables",
    doc: "Commands to run for lines of restic's standard error",
    keys: STREAM_ERROR_KEYS,
  },
  "status-file": { type: "text", doc: "JSON file with the outcome of the last runs", path: "working" },
  "prometheus-save-to-file": { type: "text", doc: "File for Prometheus' node exporter", path: "working" },
  "prometheus-push": { type: "text", doc: "URL of a Prometheus push gateway", secret: true },
  "prometheus-push-job": { type: "text", doc: "Name of the job at the push gateway (default PROFILE.COMMAND)" },
  "prometheus-push-grouping": {
    type: "text-table",
    doc: "Labels beside the job that name the group at the push gateway, such as instance",
  },
  "prometheus-push-format": {
    type: "text",
    doc: "Format of pushed metrics",
    default: "text",
    words: ["text", "protobuf"],
  },
  "prometheus-labels": { type: "text-table", doc: "Labels of all metrics" },
  "systemd-drop-in-files": { type: "texts", doc: "Drop-in files for the systemd service", path: "config" },
  // flags of restic with a type of their own
  "quiet": { type: "boolean", doc: "Warnings and errors only, restic too", flag: "quiet" },
  "verbose": { type: "integer", doc: "Tell more, restic too: 1 to 3; true is 1", flag: "verbose", range: [0, 10] },
  "repository": {
    type: "text",
    doc: "Where the backups are",
    secret: true,
    flag: "repo",
    path: "repository",
    examples: ["/srv/restic", "sftp:user@host:/srv/restic", "rest:https://host/", "s3:s3.amazonaws.com/bucket"],
  },
  "repository-file": { type: "text", doc: "File that holds the repository", flag: "repository-file", path: "config" },
  "password-file": { type: "text", doc: "File that holds the password", flag: "password-file", path: "config" },
  "password-command": { type: "text", doc: "Command that prints the password", flag: "password-command" },
  "key-hint": { type: "text", doc: "ID of the key to try first", flag: "key-hint" },
  "cache-dir": { type: "text", doc: "Folder of restic's cache", flag: "cache-dir", path: "config" },
  "cacert": { type: "texts", doc: "Certificates restic trusts", flag: "cacert", path: "config" },
  "tls-client-cert": {
    type: "text",
    doc: "Client certificate and key of restic",
    flag: "tls-client-cert",
    path: "config",
  },
});
