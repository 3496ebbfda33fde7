/** restic's errors in JSON, as the sentences that it writes without `--json`: they are read by people, and by hooks that mail them. */

/** Of the system's numbers that restic before 0.16 gives in place of a text, those that a backup meets. */
const ERRNO: Readonly<Record<number, string>> = {
  1: "operation not permitted",
  2: "no such file or directory",
  5: "input/output error",
  13: "permission denied",
  20: "not a directory",
  28: "no space left on device",
  40: "too many levels of symbolic links",
  116: "stale file handle",
  121: "remote I/O error",
};

interface Message {
  readonly message_type?: unknown;
  /** `{message}`, or before 0.16 the fields of a Go error. */
  readonly error?: {
    readonly message?: unknown;
    readonly Op?: unknown;
    readonly Path?: unknown;
    readonly Err?: unknown;
  };
  readonly item?: unknown;
  readonly message?: unknown;
}

/**
 * @param line one JSON message of restic
 * @returns `error: open /x: permission denied` of an `error`, the text of an `exit_error`; undefined for all others
 */
export function errorText(line: string): string | undefined {
  const message = parsed(line);
  if (message.message_type === "exit_error") return text(message.message);
  if (message.message_type !== "error") return undefined;
  const { error = {}, item } = message;
  const said = text(error.message) ??
    ([text(error.Op), text(error.Path)].filter(Boolean).join(" ") || text(item) || "unknown item") + cause(error.Err);
  return `error: ${said}`;
}

function parsed(line: string): Message {
  try {
    return JSON.parse(line.slice(Math.max(0, line.indexOf("{"))));
  } catch {
    return {};
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function cause(errno: unknown): string {
  if (typeof errno !== "number") return "";
  return `: ${ERRNO[errno] ?? `error ${errno}`}`;
}
