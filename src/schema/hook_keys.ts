/** Keys of shell hooks, HTTP hooks and stream-error callbacks. */
import { keyTable } from "./key.ts";

export const HEADER_KEYS = keyTable({
  "name": { type: "text", doc: "Name of the header" },
  "value": { type: "text", doc: "Value of the header, sent as it is unless expand-headers is set", secret: true },
});

export const SEND_KEYS = keyTable({
  "url": { type: "text", doc: "URL of the webhook; variables are expanded", secret: true },
  "method": { type: "text", doc: "HTTP method", default: "GET", examples: ["GET", "HEAD", "POST", "PUT"] },
  "headers": { type: "tables", doc: "Headers of the request", keys: HEADER_KEYS },
  "expand-headers": { type: "boolean", doc: "Expand variables in values of headers", default: false },
  "body": { type: "text", doc: "Body of the request; variables are expanded", variant: "body" },
  "body-template": {
    type: "text",
    doc: "File with a Go template that makes the body",
    path: "config",
    variant: "body",
  },
  "skip-tls-verification": { type: "boolean", doc: "Accept any certificate, for this hook only", default: false },
  "retries": {
    type: "integer",
    doc: "Further attempts after a failed one; global.send-retries if absent",
    range: [0, 100],
  },
  "expect-status": { type: "texts", doc: "Statuses that count as success (default all below 400)", examples: ["200"] },
  "expect-body": { type: "text", doc: "Text that the reply must contain to count as success" },
});

export const SHELL_HOOK_KEYS = keyTable({
  "run-before": { type: "texts", doc: "Shell commands to run before" },
  "run-after": { type: "texts", doc: "Shell commands to run after success" },
  "run-after-fail": { type: "texts", doc: "Shell commands to run after a failure" },
  "run-finally": { type: "texts", doc: "Shell commands to run at the end, always" },
});

export const HTTP_HOOK_KEYS = keyTable({
  "send-before": { type: "tables", doc: "HTTP requests to send before", keys: SEND_KEYS },
  "send-after": { type: "tables", doc: "HTTP requests to send after success", keys: SEND_KEYS },
  "send-after-fail": { type: "tables", doc: "HTTP requests to send after a failure", keys: SEND_KEYS },
  "send-finally": { type: "tables", doc: "HTTP requests to send at the end, always", keys: SEND_KEYS },
});

export const STREAM_ERROR_KEYS = keyTable({
  "pattern": { type: "text", doc: "RE2 expression, searched in every line of restic's standard error" },
  "run": { type: "text", doc: "Shell command that gets the line on its standard input" },
  "min-matches": { type: "integer", doc: "Matches needed for each run", default: 0, range: [0, 2 ** 31] },
  "max-runs": {
    type: "integer",
    doc: "Runs at most in each restic command; 0: no limit",
    default: 0,
    range: [0, 2 ** 31],
  },
});
