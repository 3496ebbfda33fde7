import { assertEquals, assertRejects } from "@std/assert";
import { sendRequest } from "../../src/platform/http.ts";
import { HttpError, type HttpRequest } from "../../src/platform/world.ts";
import { startAlertCutter } from "../support/alert_cutter.ts";
import { type Certificate, makeCertificates } from "../support/certificates.ts";
import { type RawReceiver, startRawReceiver } from "../support/raw_receiver.ts";

const certificates = await makeCertificates();
/** What this Deno can do: older ones cannot verify a certificate that is its own authority. */
const VERIFIES_AUTHORITIES = !Deno.version.deno.startsWith("2.6.");

function request(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  const nothing = { headers: [], body: undefined, skipTlsVerification: false, caCertificates: [], proxy: undefined };
  return { method: "GET", url, ...nothing, ...more };
}

async function status(asked: HttpRequest): Promise<number> {
  const reply = await sendRequest(asked, new AbortController().signal);
  await reply.body();
  return reply.status;
}

async function withReceiver(
  options: Parameters<typeof startRawReceiver>[0],
  test: (receiver: RawReceiver) => Promise<void>,
): Promise<void> {
  const receiver = startRawReceiver(options);
  try {
    await test(receiver);
  } finally {
    await receiver.close();
  }
}

/** Undici keeps timers of its own for a moment. */
const LENIENT = { sanitizeOps: false, sanitizeResources: false };

for (
  const [method, body] of [
    ["GET", undefined],
    ["HEAD", undefined],
    ["POST", "é €"],
    ["PUT", "text"],
    ["PATCH", "{}"],
    ["DELETE", undefined],
    ["OPTIONS", undefined],
    ["PROPFIND", undefined],
    ["GET", "unusual"],
    ["HEAD", "unusual"],
    ["TRACE", undefined],
  ] as const
) {
  Deno.test(
    `${method} is sent ${body ? "with its body" : "without a body"}`,
    LENIENT,
    () =>
      withReceiver({}, async ({ url, received }) => {
        assertEquals(await status(request(`${url}/a/b?c=d`, { method, body })), 200);
        assertEquals(received.map((r) => [r.method, r.target, r.body]), [[method, "/a/b?c=d", body ?? ""]]);
        const length = received[0]?.headers.find(([name]) => name === "content-length")?.[1];
        assertEquals(Number(length ?? 0), new TextEncoder().encode(body ?? "").length);
      }),
  );
}

for (const body of [undefined, "by undici"]) {
  Deno.test(
    `headers are sent as configured, repeated ones too ${body ?? "by fetch"}`,
    LENIENT,
    () =>
      withReceiver({}, async ({ url, received }) => {
        const headers = [
          ["User-Agent", "a/1"],
          ["X-One", "1"],
          ["x-one", "2"],
          ["Host", "hooks.test"],
          ["X-Text", "é €"],
          ["Content-Length", "77"],
          ["Connection", "close"],
        ] as const;
        await status(request(url, { headers, body }));
        const values = (name: string) =>
          (received[0]?.headers ?? []).filter(([n]) => n === name).map(([, value]) => value);
        assertEquals(values("user-agent"), ["a/1"]);
        assertEquals(values("x-one"), ["1", "2"]);
        assertEquals(values("host"), ["hooks.test"]);
        assertEquals(values("content-type"), []);
        const bytes = Uint8Array.from(values("x-text").join(""), (c) => c.charCodeAt(0));
        assertEquals(new TextDecoder().decode(bytes), "é €");
      }),
  );
}

Deno.test("redirections are not followed", () =>
  withReceiver({ reply: () => ({ status: 302, headers: { Location: "/next" } }) }, async ({ url, received }) => {
    const reply = await sendRequest(request(url), new AbortController().signal);
    reply.discard();
    assertEquals([reply.status, reply.headers.find(([name]) => name === "location")?.[1]], [302, "/next"]);
    assertEquals(received.length, 1);
  }));

Deno.test("a body is read up to 64 KiB", () =>
  withReceiver({ reply: () => ({ body: "x".repeat(100_000) }) }, async ({ url }) => {
    const reply = await sendRequest(request(url), new AbortController().signal);
    assertEquals((await reply.body()).length, 65_536);
  }));

for (
  const [name, certificate, more, outcome] of [
    ["signed by a known authority", certificates.leaf, { caCertificates: [certificates.authority] }, 200],
    ["signed by a known authority beside garbage", certificates.leaf, {
      caCertificates: ["-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", certificates.authority],
    }, 200],
    ["signed by an unknown authority", certificates.leaf, {}, "certificate"],
    ["for another host", certificates.otherHost, { caCertificates: [certificates.authority] }, "certificate"],
    ["that has expired", certificates.expired, { caCertificates: [certificates.authority] }, "certificate"],
    ["self-signed, known", certificates.selfPlain, { caCertificates: [certificates.selfPlain.cert] }, 200],
    ["self-signed, unknown", certificates.selfPlain, { caCertificates: [certificates.authority] }, "certificate"],
    [
      "its own authority, known",
      certificates.self,
      { caCertificates: [certificates.authority, certificates.self.cert] },
      VERIFIES_AUTHORITIES ? 200 : "certificate",
    ],
    ["its own authority, unknown", certificates.self, { caCertificates: [certificates.authority] }, "certificate"],
    ["its own authority, none known", certificates.self, {}, "authority"],
    [
      "its own authority, for another host",
      certificates.selfOtherHost,
      { caCertificates: [certificates.selfOtherHost.cert] },
      "certificate",
    ],
    ["of any kind, skipped", certificates.self, { skipTlsVerification: true }, 200],
    ["for another host, skipped", certificates.otherHost, { skipTlsVerification: true }, 200],
    ["that has expired, skipped", certificates.expired, { skipTlsVerification: true }, 200],
    ["known, GET with body", certificates.leaf, { caCertificates: [certificates.authority], body: "b" }, 200],
    ["unknown, GET with body", certificates.leaf, { body: "b" }, "certificate"],
  ] as readonly (readonly [string, Certificate, Partial<HttpRequest>, number | string])[]
) {
  Deno.test(
    `a certificate ${name}: ${outcome}`,
    LENIENT,
    () =>
      withReceiver({ certificate }, async ({ url, received }) => {
        if (typeof outcome === "number") {
          assertEquals(await status(request(url, more)), outcome);
          assertEquals(received.length, 1);
        } else {
          const error = await assertRejects(() => status(request(url, more)), HttpError, "certificate");
          assertEquals([error.reason, received.length], [outcome, 0]);
        }
      }),
  );
}

Deno.test("a receiver that hangs up without the closing alert of TLS has replied", LENIENT, () => {
  const reply = () => ({ status: 202, body: "longer than the alert" });
  return withReceiver({ certificate: certificates.self, reply }, async ({ port, received }) => {
    const cutter = startAlertCutter(port);
    const asked = request(`https://localhost:${cutter.port}`, { skipTlsVerification: true });
    assertEquals([await status(asked), received.length], [202, 1]);
    await cutter.close();
  });
});

for (
  const [name, url, more, reason, message] of [
    ["a refused connection", "http://127.0.0.1:2", {}, "connection", "connection refused"],
    [
      "a refused connection of a GET with body",
      "http://127.0.0.1:2",
      { body: "b" },
      "connection",
      "connection refused",
    ],
    ["an unknown host", "http://no-such.invalid/secret", {}, "connection", "unknown host"],
    ["another scheme", "ftp://127.0.0.1/secret", {}, "invalid", "scheme"],
    ["no token for a method", "http://127.0.0.1:2", { method: "GE T" }, "invalid", "Method is not valid"],
    ["a header name with a blank", "http://127.0.0.1:2", { headers: [["X Y", "secret"]] }, "invalid", "header name"],
    ["a header value of two lines", "http://127.0.0.1:2", { headers: [["X", "secret\nx"]] }, "invalid", "header value"],
  ] as readonly (readonly [string, string, Partial<HttpRequest>, string, string])[]
) {
  Deno.test(`${name} is an error that tells why, without URL and values`, LENIENT, async () => {
    const error = await assertRejects(() => status(request(url, more)), HttpError, message);
    assertEquals([error.reason, /secret|127/.test(error.message)], [reason, false]);
  });
}

Deno.test("a dropped connection is an error", () =>
  withReceiver({ reply: () => ({ drop: true }) }, async ({ url }) => {
    const error = await assertRejects(() => status(request(url)), HttpError);
    assertEquals(error.reason, "connection");
  }));

for (const body of [undefined, "by undici"]) {
  Deno.test(`the signal ends a request ${body ?? "by fetch"}`, LENIENT, async () => {
    const { promise: after, resolve } = Promise.withResolvers<void>();
    const stop = new AbortController();
    const reply = () => {
      stop.abort();
      return { after };
    };
    await withReceiver({ reply }, async ({ url }) => {
      const error = await assertRejects(() => sendRequest(request(url, { body }), stop.signal), HttpError);
      assertEquals(error.reason, "aborted");
      resolve();
    });
  });
}

for (const body of [undefined, "by undici"]) {
  Deno.test(
    `a proxy gets the whole URL and its credentials ${body ?? "by fetch"}`,
    LENIENT,
    () =>
      withReceiver({}, async ({ port, received }) => {
        const proxy = `http://user:pw@127.0.0.1:${port}`;
        assertEquals(await status(request("http://monitoring.test/x?a=1", { proxy, body })), 200);
        const authorization = received[0]?.headers.find(([name]) => name === "proxy-authorization")?.[1];
        assertEquals([received[0]?.target, authorization], [
          "http://monitoring.test/x?a=1",
          `Basic ${btoa("user:pw")}`,
        ]);
      }),
  );
}

Deno.test(
  "a proxy that breaks the connection within the TLS handshake is one error, and not the program's end",
  LENIENT,
  async () => {
    using proxy = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const broken = (async () => {
      using connection = await proxy.accept();
      await connection.read(new Uint8Array(4_096));
      await connection.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\n\r\n"));
    })();
    const address = `http://127.0.0.1:${proxy.addr.port}`;
    const asked = request("https://monitoring.test/", { proxy: address, skipTlsVerification: true });
    assertEquals((await assertRejects(() => status(asked), HttpError)).reason, "connection");
    await broken;
  },
);

Deno.test("a machine without certificates sends requests, too", () =>
  withReceiver({}, async ({ url, received }) => {
    const program = `
      import { sendRequest } from "${new URL("../../src/platform/http.ts", import.meta.url)}";
      const reply = await sendRequest(${JSON.stringify(request(url))}, new AbortController().signal);
      await reply.body();`;
    const env = { SSL_CERT_FILE: "/none", SSL_CERT_DIR: "/none" };
    const args = ["eval", "--no-check", program];
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, env }).output();
    assertEquals([success, received.length], [true, 1], new TextDecoder().decode(stderr));
  }));

Deno.test("proxies of the environment are left alone", () =>
  withReceiver({}, async ({ url, received }) => {
    Deno.env.set("HTTP_PROXY", "http://127.0.0.1:2");
    assertEquals(await status(request(url)), 200);
    assertEquals(received.length, 1);
  }));

globalThis.addEventListener("unload", () => Deno.removeSync(certificates.folder, { recursive: true }));
