import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { HttpSettings } from "../../src/model/plan.ts";
import { Secret } from "../../src/model/secret.ts";
import { VERSION } from "../../src/model/version.ts";
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
  ["https://host", "my backup job", "https://host/metrics/job/my+backup+job"],
  ["http://host", "a*b(é)!'~", "http://host/metrics/job/a%2Ab%28%C3%A9%29%21%27~"],
  ["http://host", "a/backup-$", "http://host/metrics/job@base64/YS9iYWNrdXAtJA"],
  ["http://host", "é/~?", "http://host/metrics/job@base64/w6kvfj8"],
];
for (const [gateway, job, url] of URLS) {
  Deno.test(`pushUrl() of ${gateway} and "${job}"`, () => assertEquals(pushUrl(gateway, job), url));
}

async function push(gateway: string, options: FakeOptions, format: "text" | "protobuf" = "text", http = HTTP) {
  const world = fakeWorld(options);
  const warnings: string[] = [];
  const plan = { url: new Secret(gateway), job: "x", format };
  await pushMetrics(plan, METRICS, http, world, (text) => void warnings.push(text));
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

Deno.test("proxies are those of the HTTP hooks (run.md 17: monitoring 6)", async () => {
  const env = { HTTP_PROXY: "proxy:3128" };
  assertEquals((await push("http://host", { env })).request.proxy, "http://proxy:3128");
  assertEquals((await push("http://localhost", { env })).request.proxy, undefined);
});

Deno.test("certificates are those of the HTTP hooks (run.md 17: monitoring 6)", async () => {
  const der = btoa(String.fromCharCode(0x30, 0x82, 1, 0, ...new Uint8Array(256)));
  const pem = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`;
  const http = { ...HTTP, caCertificates: ["/ca.pem"] };
  const { request } = await push("https://host", { files: { "/ca.pem": pem } }, "text", http);
  assertEquals(request.caCertificates, [pem]);
});

Deno.test("a certificate file that cannot be used is a warning that names it (run.md 17: monitoring 6)", async () => {
  const { warnings } = await push("https://host", {}, "text", { ...HTTP, caCertificates: ["/work/missing.pem"] });
  assertEquals(warnings.length, 1);
  assertStringIncludes(warnings[0]!, "/work/missing.pem");
});

for (
  const [name, reply, reason] of [
    ["another status", { status: 404 }, "status 404"],
    ["a redirection", { status: 302 }, "status 302"],
    ["no connection", { error: new HttpError("connection", "connection refused") }, "connection refused"],
    ["no answer in time (run.md 17: monitoring 6)", { afterMs: 20_000 }, "timed out"],
  ] as const
) {
  Deno.test(`${name} is an error that names URL and reason, without the password`, async () => {
    const { message } = await assertRejects(() => push("http://me:hidden-word@host", answering(reply)), Error);
    assertEquals(message, `Cannot push metrics to http://me:×××@host/metrics/job/x: ${reason}`);
  });
}
