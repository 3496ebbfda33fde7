/** Metrics, sent to a Prometheus push gateway. */
import { maskUrl } from "../model/mask.ts";
import type { HttpSettings, Monitoring } from "../model/plan.ts";
import { VERSION } from "../model/version.ts";
import type { HttpRequest, World } from "../platform/world.ts";
import type { Metric } from "./metrics.ts";
import { prometheusText, TEXT_TYPE } from "./prometheus.ts";
import { prometheusProtobuf, PROTOBUF_TYPE } from "./prometheus_protobuf.ts";

type PushPlan = NonNullable<Monitoring["prometheusPush"]>;

const ACCEPTED: readonly number[] = [200, 202];

/**
 * Sends the metrics, once.
 * @throws {Error} that names the URL, without its password, and the reason or status
 */
export async function pushMetrics(
  { url: gateway, job, format }: PushPlan,
  metrics: readonly Metric[],
  { timeoutMs }: HttpSettings,
  world: World,
): Promise<void> {
  const url = pushUrl(gateway.reveal(), job);
  const failure = (reason: string) => new Error(`Cannot push metrics to ${maskUrl(url)}: ${reason}`);
  const status = await statusOf(requestOf(url, metrics, format), timeoutMs, world).catch((error) => {
    throw failure(error instanceof Error ? error.message : String(error));
  });
  if (!ACCEPTED.includes(status)) throw failure(`status ${status}`);
}

/** Where the metrics of a job go. @param gateway URL; without a scheme it is http */
export function pushUrl(gateway: string, job: string): string {
  const base = (/^[a-z][a-z0-9+.-]*:\/\//i.test(gateway) ? gateway : `http://${gateway}`).replace(/\/$/, "");
  return job.includes("/")
    ? `${base}/metrics/job@base64/${base64Url(job)}`
    : `${base}/metrics/job/${queryEscaped(job)}`;
}

function requestOf(url: string, metrics: readonly Metric[], format: PushPlan["format"]): HttpRequest {
  const text = format === "text";
  const { bare, authorization } = withoutCredentials(url);
  return {
    method: "POST",
    url: bare,
    headers: [
      ["User-Agent", `resticprofile/${VERSION}`],
      ["Content-Type", text ? TEXT_TYPE : PROTOBUF_TYPE],
      ...authorization,
    ],
    body: text ? prometheusText(metrics) : prometheusProtobuf(metrics),
    skipTlsVerification: false,
    caCertificates: [],
    proxy: undefined,
  };
}

async function statusOf(request: HttpRequest, timeoutMs: number | undefined, world: World): Promise<number> {
  const timeout = new AbortController();
  const done = new AbortController();
  if (timeoutMs !== undefined) {
    world.sleep(timeoutMs, done.signal).then(() => timeout.abort(), () => {});
  }
  try {
    const reply = await world.send(request, timeout.signal);
    reply.discard();
    return reply.status;
  } catch (error) {
    throw timeout.signal.aborted ? new Error("timed out") : error;
  } finally {
    done.abort();
  }
}

/** User and password of the URL become a header, as they are not part of a request line. */
function withoutCredentials(text: string): { bare: string; authorization: [name: string, value: string][] } {
  const url = URL.parse(text);
  if (!url || (url.username === "" && url.password === "")) return { bare: text, authorization: [] };
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = url.password = "";
  return {
    bare: url.href,
    authorization: [["Authorization", `Basic ${new TextEncoder().encode(credentials).toBase64()}`]],
  };
}

/** As Go's `url.QueryEscape`. */
function queryEscaped(text: string): string {
  return encodeURIComponent(text).replaceAll("%20", "+")
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function base64Url(text: string): string {
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
}
