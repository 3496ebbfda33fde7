/** HTTP hooks of a run whose configuration is elsewhere. */
import { assertEquals } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { fakeWorld } from "../support/fake_world.ts";

const DER = btoa(String.fromCharCode(0x30, 0x82, 1, 0, ...new Uint8Array(256)));
const PEM = `-----BEGIN CERTIFICATE-----\n${DER}\n-----END CERTIFICATE-----\n`;

/** @returns the only request of a check with that configuration in `conf` */
async function sent(files: Readonly<Record<string, string>>, certificates: string) {
  const configuration = `
[global]
ca-certificates = ${certificates}
[default]
repository = "r"
base-dir = "/base"
[default.check]
send-before = { url = "https://host/", method = "POST", body-template = "body.txt" }
`;
  const world = fakeWorld({ files: { "/base/": "", "/work/conf/p.toml": configuration, ...files } });
  assertEquals(await run(["-c", "conf/p.toml", "check"], world), 0);
  assertEquals(world.sent.length, 1, world.printed.stdout);
  return world.sent[0]!.request;
}

Deno.test("templates and certificates are beside the configuration, with a base-dir too", async () => {
  const files = { "/work/conf/body.txt": "text", "/work/conf/ca.pem": PEM };
  const { body, caCertificates } = await sent(files, '["ca.pem"]');
  assertEquals([body, caCertificates.length], ["text", 1]);
});

Deno.test("~ in ca-certificates is the user's folder", async () => {
  const files = { "/work/conf/body.txt": "text", "/home/user/ca.pem": PEM };
  assertEquals((await sent(files, '["~/ca.pem"]')).caCertificates.length, 1);
});
