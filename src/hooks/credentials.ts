/** What a request proves itself with: values that no text about it, or about its run, may show. */
import { isLikelyToken, passwordsInAddress } from "../model/mask_address.ts";
import { isSecretHeader } from "../model/secret_name.ts";

/**
 * Values of secret headers, with and without their scheme (`Bearer`), passwords in the URL, and values of secret names in its query.
 * @param url may be any text
 */
export function credentialsIn(url: string, headers: Iterable<readonly [name: string, value: string]>): string[] {
  return [
    ...[...headers].filter(([name]) => isSecretHeader(name)).flatMap(([, value]) => [value, withoutScheme(value)]),
    ...passwordsInAddress(url),
    ...[...queryOf(url)].filter(([name]) => isSecretHeader(name)).map(([, value]) => value),
  ];
}

/**
 * The same, and long segments of the path, under names that `masker` takes for secret.
 * @param url may lack its scheme
 */
export function secretsOf(
  url: string,
  headers: Iterable<readonly [name: string, value: string]>,
): Record<string, string> {
  const values = [...credentialsIn(url, headers), ...longSegments(url)];
  return Object.fromEntries(values.map((value, index) => [`SECRET_${index}`, value]));
}

/**
 * Long segments of the path that can be masked in all texts of a run: with digits and letters, unlike the names of profiles and
 * folders that a run also tells of.
 */
export function tokensInPath(url: string): string[] {
  return longSegments(url).filter((segment) => /\d/.test(segment) && /[a-z]/i.test(segment));
}

function longSegments(url: string): string[] {
  const [, path = ""] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^\/?#]*([^?#]*)/i.exec(url) ?? [];
  return path.split("/").filter(isLikelyToken);
}

function withoutScheme(header: string): string {
  return header.replace(/^\S+\s+/, "");
}

function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.match(/\?([^#]*)/)?.[1]);
}
