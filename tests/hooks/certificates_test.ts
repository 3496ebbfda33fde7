import { assertEquals } from "@std/assert";
import { trustedCertificates } from "../../src/hooks/certificates.ts";
import { fakeWorld } from "../support/fake_world.ts";

/** A DER sequence of 256 bytes. */
const DER = btoa(String.fromCharCode(0x30, 0x82, 1, 0, ...new Uint8Array(256)));
const PEM = `-----BEGIN CERTIFICATE-----\n${DER}\n-----END CERTIFICATE-----\n`;
const DAMAGED = PEM.replace("AAAA", "");

Deno.test("certificates: all good ones of all files, a warning for each file without one, once in a run", () => {
  const files = {
    "/chain.pem": `A chain\n${PEM}${DAMAGED}${PEM.replaceAll("\n", "\r\n")}`,
    "/garbage.pem": "this is not a certificate",
    "/damaged.pem": DAMAGED,
  };
  const world = fakeWorld({ files });
  const settings = {
    timeoutMs: undefined,
    caCertificates: ["/missing.pem", "/garbage.pem", "/damaged.pem", "/chain.pem"],
  };
  const warnings: string[] = [];
  const first = trustedCertificates(settings, world, (text) => warnings.push(text));
  assertEquals(first, [PEM, PEM]);
  assertEquals(warnings, [
    'Cannot use certificate file "/missing.pem": no such file or directory',
    'Cannot use certificate file "/garbage.pem": there is no certificate in it (PEM)',
    'Cannot use certificate file "/damaged.pem": there is no certificate in it (PEM)',
  ]);
  assertEquals(trustedCertificates(settings, world, (text) => warnings.push(text)), first);
  assertEquals(warnings.length, 3);
});
