/** Passwords in URLs, repositories and the words of command lines. */
import { isSecretHeader, isSecretName } from "./secret_name.ts";
import { HIDDEN } from "./secret.ts";

/** Behind `host:` there is a port, not a password: what comes later may have an @ of its own. */
const NO_PORT = String.raw`(?!\d{1,5}(?:[\/?#]|$))`;
/**
 * `://user:password@`; the password is all from the first `:` of the user part to the last `@` before the host, or of the word
 * where it has characters that end a host. The scheme is not looked at: each letter of a long word might begin one, and the
 * search would take the square of its length. For the same reason it ends before another URL.
 */
export const URL_PASSWORD = new RegExp(
  String.raw`(:\/\/(?!\[)[^\s\/?#"<>:@]*:)(?:${NO_PORT}(?:(?!:\/\/)[^\s"<>])+(?=@)|[^\s\/?#"<>]+(?=@))`,
  "g",
);
/** The same for a text that is one URL, where a blank or a quote belongs to the password too. */
const WHOLE_URL_PASSWORD = new RegExp(
  String.raw`^((?:[a-z0-9]+:)?[a-z][a-z0-9+.-]*:\/\/(?!\[)[^\/?#:@]*:)(${NO_PORT}.+|[^\/?#]+)(?=@)`,
  "is",
);
/** `user:password@` without a scheme. What precedes the first colon may be a backend of restic, or a drive. */
const BARE_PASSWORD =
  /^((?:sftp:)?(?!(?:azure|b2|gs|local|rclone|rest|s3|sftp|swift):)[^\s\/\\?#:@]+:)([^\s\/\\?#]+)(?=@)/i;
/** `rclone:remote,pass=…:path`: settings in a connection string. */
const RCLONE_SETTING = /([,:]\s*)([\w-]+)=("(?:[^"]|"")*"|'(?:[^']|'')*'|[^,:]*)/g;
/** Flags whose value is a repository, and those whose value is a command that prints a password. */
const REPOSITORY_FLAG = /^(?:-r|--(?:from-)?repo2?)$/;
const COMMAND_FLAG = /^--(?:from-)?password-command2?$/;
const OPTION_FLAG = /^(?:-o|--option)$/;

/** Passwords of all URLs in a text; `user:×××@host` is left of them. */
export function maskUrls(text: string): string {
  return text.replace(URL_PASSWORD, `$1${HIDDEN}`);
}

/** For a text that is one URL, whatever its password is made of. */
export function maskUrl(url: string): string {
  return url.replace(WHOLE_URL_PASSWORD, `$1${HIDDEN}`);
}

/** The same for what may lack its scheme: repositories, URLs of hooks, variables that are named after one. */
export function maskAddress(text: string): string {
  if (text.startsWith("rclone:")) {
    return text.replace(
      RCLONE_SETTING,
      (whole, before, name) => isSecretName(name) ? `${before}${name}=${HIDDEN}` : whole,
    );
  }
  return maskUrl(text).replace(BARE_PASSWORD, `$1${HIDDEN}`);
}

/** Values of a query whose names tell that they are secret: `?token=×××&title=x`. */
export function maskQuery(url: string): string {
  return url.replace(
    /([?&]([^=&#]*)=)[^&#]*/g,
    (all, start: string, name: string) => isSecretHeader(name) ? start + HIDDEN : all,
  );
}

/**
 * A URL of a receiver: its password, secret values of its query, and long segments of its path, which hold tokens as often as not
 * (Slack, Telegram, Healthchecks). A segment that is a variable as a whole stays.
 */
export function maskReceiver(url: string): string {
  const [, start = "", path = "", rest = ""] = /^((?:[a-z][a-z0-9+.-]*:\/\/)?[^\/?#]*)([^?#]*)(.*)$/is.exec(
    maskAddress(url),
  )!;
  const segments = path.split("/").map((segment) =>
    isLikelyToken(segment) && !/^\$(?:\w+|\{\w+\})$/.test(segment) ? HIDDEN : segment
  );
  return maskQuery(start + segments.join("/") + rest);
}

/** Whether a segment of a path is too long for a word such as `services` or `notifications`, and no time. */
export function isLikelyToken(segment: string): boolean {
  return segment.length >= SHORTEST_TOKEN && !TIME.test(segment);
}

const SHORTEST_TOKEN = 16;
/** `2026-01-02T03:04:05Z`, also percent-encoded. */
const TIME = /^\d{4}-\d\d-\d\d(?:T|%20)\d\d(?::|%3A)\d\d(?:(?::|%3A)\d\d)?(?:Z|(?:[+-]|%2B)\d\d(?::|%3A)?\d\d)?$/i;

/** The password of a URL, as it is written there; undefined without one, and for other texts. */
export function passwordOf(url: string): string | undefined {
  return WHOLE_URL_PASSWORD.exec(url)?.[2];
}

/** The passwords of what {@linkcode maskAddress} knows, as they are written there and as they are meant. */
export function passwordsInAddress(text: string): string[] {
  if (text.startsWith("rclone:")) {
    return [...text.matchAll(RCLONE_SETTING)].filter(([, , name = ""]) => isSecretName(name)).map((
      [, , , value = ""],
    ) => value.replace(/^(["'])(.*)\1$/s, "$2"));
  }
  const written = passwordOf(text) ?? BARE_PASSWORD.exec(text)?.[2];
  return written === undefined ? [] : [written, decoded(written)];
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

/** The words of a command line, one of restic above all. */
export function maskWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    if (flag !== undefined) return `${flag}=${maskFlag(flag, value ?? "")}`;
    return word.startsWith("-") ? word : maskFlag(words[index - 1] ?? "", word);
  });
}

/** The value of a flag, whose word is `--flag`. */
export function maskFlag(flag: string, value: string): string {
  if (COMMAND_FLAG.test(flag)) return maskCommand(value);
  const [, option] = OPTION_FLAG.test(flag) ? /^([\w.-]+)=./.exec(value) ?? [] : [];
  if (option !== undefined && isSecretName(option)) return `${option}=${HIDDEN}`;
  return REPOSITORY_FLAG.test(flag) ? maskAddress(value) : maskUrl(value);
}

/** A command that prints a password, which may be one of its words: the program alone is shown. */
function maskCommand(line: string): string {
  const [, program = "", rest = ""] = /^(\s*\S+)(.*)$/s.exec(line) ?? [];
  return rest.trim() === "" ? program : `${program} ${HIDDEN}`;
}
