/**
 * What must not be shown, replaced by `×××` in texts that people (or logs) get. Masking is the last thing done to a text,
 * after all expansion: a secret that came in through a variable is as secret as one that was written down.
 */
import { maskAddress, maskUrls, passwordsInAddress } from "./mask_address.ts";
import { HIDDEN } from "./secret.ts";
import { isAddressName, isSecretHeader, isSecretName } from "./secret_name.ts";

export { maskAddress, maskReceiver, maskUrl, maskUrls, maskWords } from "./mask_address.ts";
export { isSecretHeader, isSecretName } from "./secret_name.ts";

/** Replaces the secrets in a text. */
export interface Mask {
  (text: string): string;
  /** How many bytes the longest text has that it is known to hide, so that a reader of pieces never cuts through one. Passwords of URLs do not count. */
  longest?(): number;
}

/** Shorter values, and common words, are not secrets, and masking them would garble the text. */
const SHORTEST_SECRET = 4;
const NO_SECRET = /^(?:true|false|none|null|auto|enabled|disabled)$/i;

/** The value of an environment variable, as a list of variables shows it. */
export function maskVariable(name: string, value: string): string {
  if (holdsSecret(name, value)) return value === "" ? "" : HIDDEN;
  return isAddressName(name) ? maskAddress(value) : value;
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
  return maskerOf(secretsOf(environment));
}

/** The secrets that a run comes to know: a later step may print those of an earlier one. */
export interface KnownSecrets {
  /** @param environment all variables, the not secret ones too */
  learn(environment: Readonly<Record<string, string>>): void;
  readonly mask: Mask;
}

/** @param values secrets that no variable has */
export function knownSecrets(values: readonly string[]): KnownSecrets {
  const known = new Set(values.filter(isLookedFor));
  let mask: Mask | undefined;
  const now = () => mask ??= maskerOf([...known]);
  return {
    learn(environment) {
      const before = known.size;
      for (const secret of secretsOf(environment)) known.add(secret);
      if (known.size > before) mask = undefined;
    },
    mask: Object.assign((text: string) => now()(text), { longest: () => now().longest?.() ?? 0 }),
  };
}

function maskerOf(secrets: readonly string[]): Mask {
  const forms = new Set(secrets.flatMap(formsOf));
  if (forms.size === 0) return maskUrls;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(RegExp.escape).join("|"), "g");
  return Object.assign((text: string) => maskUrls(text.replace(pattern, HIDDEN)), {
    longest: () => Math.max(...longestFirst.map((form) => new TextEncoder().encode(form).length)),
  });
}

function secretsOf(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    holdsSecret(name, value) ? [value.trim()] : isAddressName(name) ? passwordsInAddress(value) : []
  ).filter(isLookedFor);
}

/** Credentials may be in a file; its name is not a secret. */
function holdsSecret(name: string, value: string): boolean {
  return isSecretName(name) && !(/CREDENTIALS?$/i.test(name) && /^(?:[\/~]|[a-z]:\\)/i.test(value));
}

function isLookedFor(secret: string): boolean {
  return secret.length >= SHORTEST_SECRET && !NO_SECRET.test(secret);
}

/** How a value may look in the text: as it is, in a URL, in a query, in JSON. */
function formsOf(secret: string): string[] {
  const text = secret.toWellFormed();
  const query = encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_SECRET); // a log shows a key line by line
  return [secret, ...lines, encodeURI(text), query, query.replaceAll("%20", "+"), JSON.stringify(text).slice(1, -1)];
}
