import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { HttpSettings } from "../../src/model/plan.ts";
import { Secret } from "../../src/model/secret.ts";
import { VERSION } from "../../src/model/product.ts";
import { HttpError } from "../../src/platform/world.ts";
import type { Metric } from "../../src/report/metrics.ts";
import { prometheusText } from "../../src/report/prometheus.ts";
import { prometheusProtobuf } from "../../src/report/prometheus_protobuf.ts";
import { pushMetrics, pushUrl } from "../../src/report/prometheus_push.ts";
import { type FakeOptions, type FakeReply, fakeWorld } from "../support/fake_world.ts";

const METRICS: Metric[] = [{ name: "n", help: "h", labels: [], value: 1 }];
const HTTP: HttpSettings = { timeoutMs: 10_000, caCertificates: [] };

const URLS: [gateway: string, job: string, url: string][] = [
  ["http://host:9091", "home.backup", "http://host:9091/metrics/job/home.backup"],
  ["http://host/sub/", "home.backup", "http://host/sub/metrics/job/home.backup"],
  ["host:9091", "x", "http://host:9091/metrics/job/x"],
  ["https://host", "my backup job", "https://host/metrics/job/my%20backup%20job"],
  ["http://host", "a*b(é)!'~", "http://host/metrics/job/a%2Ab%28%C3%A9%29%21%27~"],
  ["http://host", "a/backup-$", "http://host/metrics/job@base64/YS9iYWNrdXAtJA"],
  ["http://host", "a b+c", "http://host/metrics/job/a%20b%2Bc"],
  ["http://host", "..", "http://host/metrics/job@base64/Li4"],
  ["http://host", "é/~?", "http://host/metrics/job@base64/w6kvfj8"],
];
for (const [gateway, job, url] of URLS) {
  Deno.test(`pushUrl() of ${gateway} and "${job}"`, () => assertEquals(pushUrl(gateway, job), url));
}

function plan(gateway: string) {
  return { url: new Secret(gateway), job: "x", grouping: [], format: "text", retries: 0 } as const;
}

async function push(gateway: string, options: FakeOptions, format: "text" | "protobuf" = "text", http = HTTP) {
  const world = fakeWorld(options);
  const warnings: string[] = [];
  await pushMetrics({ ...plan(gateway), format }, METRICS, http, world, (text) => void warnings.push(text));
  return { request: world.sent[0]!.request, warnings };
}

const answering = (reply: FakeReply): FakeOptions => ({ reply: () => reply });

for (const status of [200, 202]) {
  Deno.test(`status ${status} is a success`, async () => {
    const { request } = await push("http://host", answering({ status }));
    assertEquals(request.method, "POST");
    assertEquals(request.body, prometheusText(METRICS));
    assertEquals(request.headers, [
      ["User-Agent", `resticprofile/${VERSION}`],
      ["Content-Type", "text/plain; version=0.0.4; charset=utf-8"],
    ]);
  });
}

Deno.test("the protobuf form has its own content type", async () => {
  const { request } = await push("http://host", {}, "protobuf");
  assertEquals(request.body, prometheusProtobuf(METRICS));
  assertEquals(request.headers[1], [
    "Content-Type",
    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
  ]);
});

Deno.test("user and password of the URL become a header", async () => {
  const { request } = await push("http://me:p%40ss@host", {});
  assertEquals(request.url, "http://host/metrics/job/x");
  assertEquals(request.headers[2], ["Authorization", `Basic ${btoa("me:p@ss")}`]);
});

Deno.test("proxies are those of the HTTP hooks", async () => {
  const env = { HTTP_PROXY: "proxy:3128" };
  assertEquals((await push("http://host", { env })).request.proxy, "http://proxy:3128");
  assertEquals((await push("http://localhost", { env })).request.proxy, undefined);
});

Deno.test("certificates are those of the HTTP hooks", async () => {
  const der = btoa(String.fromCharCode(0x30, 0x82, 1, 0, ...new Uint8Array(256)));
  const pem = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`;
  const http = { ...HTTP, caCertificates: ["/ca.pem"] };
  const { request } = await push("https://host", { files: { "/ca.pem": pem } }, "text", http);
  assertEquals(request.caCertificates, [pem]);
});

Deno.test("a certificate file that cannot be used is a warning that names it", async () => {
  const { warnings } = await push("https://host", {}, "text", { ...HTTP, caCertificates: ["/work/missing.pem"] });
  assertEquals(warnings.length, 1);
  assertStringIncludes(warnings[0]!, "/work/missing.pem");
});

for (
  const [name, reply, reason] of [
    ["another status", { status: 404 }, "status 404"],
    ["a redirection", { status: 302 }, "status 302"],
    ["no connection", { error: new HttpError("connection", "connection refused") }, "connection refused"],
    ["no answer in time", { afterMs: 20_000 }, "timed out after 10s"],
  ] as const
) {
  Deno.test(`${name} is an error that names URL and reason, without the password`, async () => {
    const { message } = await assertRejects(() => push("http://me:hidden-word@host", answering(reply)), Error);
    assertEquals(message, `Cannot push metrics to http://me:×××@host/metrics/job/x: ${reason}`);
  });
}

Deno.test("labels of prometheus-push-grouping are part of the group", () => {
  const grouping = [["instance", "nas 1"], ["site", "a/b"], ["room", ""]] as const;
  assertEquals(
    pushUrl("http://host", "x", grouping),
    "http://host/metrics/job/x/instance/nas%201/site@base64/YS9i/room@base64/=",
  );
});

Deno.test("a push follows 307 and 308 with its body, and tells where the body was lost", async () => {
  for (const status of [307, 308]) {
    const world = fakeWorld({
      reply: (_, index) => index === 0 ? { status, headers: [["Location", "/sub/metrics/job/x"]] } : { status: 202 },
    });
    await pushMetrics(plan("http://host"), METRICS, HTTP, world, () => {});
    assertEquals(world.sent[1]?.request.body, prometheusText(METRICS));
  }
  const moved: FakeOptions = {
    reply: (_, index) => index === 0 ? { status: 301, headers: [["Location", "https://host/"]] } : {},
  };
  const { message } = await assertRejects(() => push("http://host", moved), Error);
  assertStringIncludes(message, "redirected (status 301) to https://host/: sent as GET, without its body");
});

Deno.test("send-retries counts for a push too", async () => {
  const world = fakeWorld({ reply: (_, index) => ({ status: index < 2 ? 503 : 200 }) });
  await pushMetrics({ ...plan("http://host"), retries: 2 }, METRICS, HTTP, world, () => {});
  assertEquals(world.sent.map(({ at }) => at), [0, 1_000, 3_000]);
});

Deno.test("the gateway's reason is told, without the password", async () => {
  const reply: FakeReply = { status: 400, body: "pushed metrics are invalid: hidden-word\nmore" };
  const { message } = await assertRejects(() => push("http://me:hidden-word@host", answering(reply)), Error);
  assertEquals(
    message,
    "Cannot push metrics to http://me:×××@host/metrics/job/x: status 400: pushed metrics are invalid: ×××",
  );
});

Deno.test("a failed push shows nothing of what is secret in the gateway's URL, also where the gateway repeats it", async () => {
  const reply: FakeReply = { status: 400, body: "no 0123456789abcdef with one-key" };
  const { message } = await assertRejects(
    () => push("https://host:9091/0123456789abcdef?key=one-key&path=", answering(reply)),
    Error,
  );
  assertEquals(
    message,
    "Cannot push metrics to https://host:9091/×××?key=×××&path=/metrics/job/x: status 400: no ××× with ×××",
  );
});

Deno.test("a job without a name is an error, not a request", async () => {
  const world = fakeWorld({});
  const error = await assertRejects(
    () => pushMetrics({ ...plan("http://host"), job: "" }, METRICS, HTTP, world, () => {}),
    Error,
  );
  assertStringIncludes(error.message, "the name of the job is empty");
  assertEquals(world.sent.length, 0);
});
