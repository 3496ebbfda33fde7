import { assertEquals } from "@std/assert";
import { trustedCertificates, type UnusableFile } from "../../src/hooks/certificates.ts";
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
  const warnings: UnusableFile[] = [];
  const first = trustedCertificates(settings, world, (file) => warnings.push(file));
  assertEquals(first, [PEM, PEM]);
  assertEquals(warnings, [
    { path: "/missing.pem", reason: "no such file or directory" },
    { path: "/garbage.pem", reason: "there is no certificate in it (PEM)" },
    { path: "/damaged.pem", reason: "there is no certificate in it (PEM)" },
  ]);
  assertEquals(trustedCertificates(settings, world, (file) => warnings.push(file)), first);
  assertEquals(warnings.length, 3);
});
