/**
 * What must not be shown, replaced by `×××` in texts that people (or logs) get. Masking is the last thing done to a text,
 * after all expansion: a secret that came in through a variable is as secret as one that was written down.
 */
import { HIDDEN } from "./secret.ts";

/** Replaces the secrets in a text. */
export type Mask = (text: string) => string;

/**
 * `://user:password@`; the password is all from the first `:` of the user part to the last `@` before the host. The scheme is
 * not looked at: each letter of a long word might begin one, and the search would take the square of its length.
 */
const URL_PASSWORD = /(:\/\/[^\s\/?#"<>:@]*:)[^\s\/?#"<>]+(?=@)/g;
/** The same for a text that is one URL, where a blank or a quote belongs to the password too. */
const WHOLE_URL_PASSWORD = /^((?:[a-z0-9]+:)?[a-z][a-z0-9+.-]*:\/\/[^\/?#:@]*:)([^\/?#]+)(?=@)/i;
/** `user:password@` without a scheme. What stands before the first colon may be a backend of restic, or a drive. */
const BARE_PASSWORD =
  /^((?:sftp:)?(?!(?:azure|b2|gs|local|rclone|rest|s3|sftp|swift):)[^\s\/\\?#:@]+:)([^\s\/\\?#]+)(?=@)/i;
/** Shorter values would garble the text they are looked for in, and nobody can call them a secret. */
const SHORTEST_SECRET = 4;

/** `RESTIC_PASSWORD`, `AWS_SECRET_ACCESS_KEY`, `API_TOKEN`, … in any case: the value is secret as a whole. */
export function isSecretName(name: string): boolean {
  return /._KEY$|._TOKEN$|PASSWORD|SECRET/i.test(name);
}

/** Headers that carry credentials, by their name. */
export function isSecretHeader(name: string): boolean {
  return /auth|token|key|secret|cookie|password/i.test(name);
}

/** Passwords of all URLs in a text; `user:×××@host` is left of them. */
export function maskUrls(text: string): string {
  return text.replace(URL_PASSWORD, `$1${HIDDEN}`);
}

/** For a text that is one URL, whatever its password is made of. */
export function maskUrl(url: string): string {
  return url.replace(WHOLE_URL_PASSWORD, `$1${HIDDEN}`);
}

/** For one word of a command line: the value of a flag may be one URL, where a mask of a whole text must guess where it ends. */
export function maskWord(word: string): string {
  const [, flag = "", value = ""] = /^(--[\w-]+=)?(.*)$/s.exec(word) ?? [];
  return flag + maskUrl(value);
}

/** The same for what may lack its scheme: repositories, URLs of hooks, variables that are named after one. */
export function maskAddress(text: string): string {
  return maskUrl(text).replace(BARE_PASSWORD, `$1${HIDDEN}`);
}

/** Values of a query whose names tell that they are secret: `?token=×××&title=x`. */
export function maskQuery(url: string): string {
  return url.replace(
    /([?&]([^=&#]*)=)[^&#]*/g,
    (all, start: string, name: string) => isSecretHeader(name) ? start + HIDDEN : all,
  );
}

/** The password of a URL, as it is written there; undefined if it has none, or is no URL. */
export function passwordOf(url: string): string | undefined {
  return WHOLE_URL_PASSWORD.exec(url)?.[2];
}

/** The value of an environment variable, as a list of variables shows it. */
export function maskVariable(name: string, value: string): string {
  if (isSecretName(name)) return value === "" ? "" : HIDDEN;
  return holdsUrl(name) ? maskAddress(value) : value;
}

/** The value of a header, as it is shown. */
export function maskHeader(name: string, value: string): string {
  return isSecretHeader(name) ? HIDDEN : maskUrls(value);
}

/**
 * Masks the values of secret variables wherever they are in a text, also percent-encoded or escaped, and the passwords of URLs.
 *
 * @param environment all variables that may have come into the text, the not secret ones too
 */
export function masker(environment: Readonly<Record<string, string>>): Mask {
  const forms = new Set(Object.entries(environment).flatMap(secretsOf).flatMap(formsOf));
  if (forms.size === 0) return maskUrls;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length).map(RegExp.escape);
  const secrets = new RegExp(longestFirst.join("|"), "g");
  return (text) => maskUrls(text.replace(secrets, HIDDEN));
}

function secretsOf([name, value]: readonly [string, string]): string[] {
  const secret = isSecretName(name) ? value.trim() : holdsUrl(name) ? passwordInAddress(value) : undefined;
  return secret !== undefined && secret.length >= SHORTEST_SECRET ? [secret] : [];
}

function passwordInAddress(text: string): string | undefined {
  return passwordOf(text) ?? BARE_PASSWORD.exec(text)?.[2];
}

function holdsUrl(name: string): boolean {
  return /_URL$|_AUTH$|^RESTIC_(FROM_)?REPOSITORY/i.test(name);
}

/** How a value may look in the text: as it is, in a URL, in a query, in JSON. */
function formsOf(secret: string): string[] {
  const text = secret.toWellFormed();
  const query = encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_SECRET); // a log shows a key line by line
  return [secret, ...lines, encodeURI(text), query, query.replaceAll("%20", "+"), JSON.stringify(text).slice(1, -1)];
}
