import { assertEquals } from "@std/assert";
import { makeFolder } from "./folder.ts";
import { selfSigned, startReceiver } from "./receiver.ts";

Deno.test("startReceiver() records requests in order and answers as told", async () => {
  await using receiver = startReceiver({ "/fail": { status: 503, body: "later" } });
  await (await fetch(`${receiver.url}/start?x=1`)).body?.cancel();
  const reply = await fetch(`${receiver.url}/fail`, { method: "POST", body: "text" });
  assertEquals([reply.status, await reply.text()], [503, "later"]);
  assertEquals(receiver.requests.map(({ method, target, body }) => [method, target, body]), [
    ["GET", "/start?x=1", ""],
    ["POST", "/fail", "text"],
  ]);
});

Deno.test("startReceiver() speaks HTTPS with an identity", async () => {
  using folder = makeFolder();
  await using receiver = startReceiver({}, { identity: await selfSigned(folder) });
  const client = new Deno.Command("openssl", {
    args: ["s_client", "-connect", new URL(receiver.url).host, "-CAfile", "self-signed.pem", "-verify_return_error"],
    cwd: folder.path,
    stdin: "null",
  });
  assertEquals((await client.output()).code, 0);
});
