/** The certificates of `ca-certificates`, read once in a run. */
import type { HttpSettings } from "../model/plan.ts";
import { FileError, type World } from "../platform/world.ts";

const known = new WeakMap<HttpSettings, readonly string[]>();

const PEM = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*)-----END/g;

/** A file without usable certificates, and the reason. */
export interface UnusableFile {
  readonly path: string;
  readonly reason: string;
}

/**
 * PEM texts of one certificate each.
 *
 * @param warn gets each file that cannot be used, at the first call for these settings
 */
export function trustedCertificates(
  settings: HttpSettings,
  world: World,
  warn: (file: UnusableFile) => void,
): readonly string[] {
  const before = known.get(settings);
  if (before) return before;
  const certificates = settings.caCertificates.flatMap((path) => {
    const found = readCertificates(path, world);
    if (typeof found !== "string") return found;
    warn({ path, reason: found });
    return [];
  });
  known.set(settings, certificates);
  return certificates;
}

/** @returns why it has no usable certificates */
function readCertificates(path: string, world: World): string[] | string {
  try {
    const text = world.files.readText(path);
    const bodies = Array.from(text.matchAll(PEM), ([, body = ""]) => body.replace(/\s/g, "")).filter(isCertificate);
    if (bodies.length === 0) return "there is no certificate in it (PEM)";
    return bodies.map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

/** One damaged certificate would keep all others from being used: it must be a DER sequence of just its size. */
function isCertificate(base64: string): boolean {
  try {
    const [tag, first = 0, ...rest] = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
    const size = sizeBytes === 0 ? first : rest.slice(0, sizeBytes).reduce((sum, byte) => sum * 256 + byte, 0);
    return tag === 0x30 && size > 0 && size === rest.length - sizeBytes;
  } catch {
    return false;
  }
}
