/** Metrics, sent to a Prometheus push gateway. */
import { trustedCertificates } from "../hooks/certificates.ts";
import { proxyFor } from "../hooks/proxy.ts";
import { escapeUrl, targetOf } from "../hooks/url.ts";
import { maskUrl } from "../model/mask.ts";
import type { HttpSettings, Monitoring } from "../model/plan.ts";
import { VERSION } from "../model/version.ts";
import { reasonOf } from "../model/reason.ts";
import type { HttpRequest, World } from "../platform/world.ts";
import type { Metric } from "./metrics.ts";
import { prometheusText, TEXT_TYPE } from "./prometheus.ts";
import { prometheusProtobuf, PROTOBUF_TYPE } from "./prometheus_protobuf.ts";

type PushPlan = NonNullable<Monitoring["prometheusPush"]>;

const ACCEPTED: readonly number[] = [200, 202];

/**
 * Sends the metrics, once.
 * @param warn gets what is wrong with certificate files
 * @throws {Error} that names the URL, without its password, and the reason or status
 */
export async function pushMetrics(
  { url: gateway, job, format }: PushPlan,
  metrics: readonly Metric[],
  settings: HttpSettings,
  world: World,
  warn: (text: string) => void,
): Promise<void> {
  const url = pushUrl(gateway.reveal(), job);
  const failure = (reason: string) => new Error(`Cannot push metrics to ${maskUrl(url)}: ${reason}`);
  try {
    const status = await statusOf(requestOf(url, metrics, format, settings, world, warn), settings.timeoutMs, world);
    if (!ACCEPTED.includes(status)) throw new Error(`status ${status}`);
  } catch (error) {
    throw failure(reasonOf(error));
  }
}

/** Where the metrics of a job go. @param gateway URL; without a scheme it is http */
export function pushUrl(gateway: string, job: string): string {
  const base = (/^[a-z][a-z0-9+.-]*:\/\//i.test(gateway) ? gateway : `http://${gateway}`).replace(/\/$/, "");
  return job.includes("/")
    ? `${base}/metrics/job@base64/${base64Url(job)}`
    : `${base}/metrics/job/${queryEscaped(job)}`;
}

function requestOf(
  url: string,
  metrics: readonly Metric[],
  format: PushPlan["format"],
  settings: HttpSettings,
  world: World,
  warn: (text: string) => void,
): HttpRequest {
  const isText = format === "text";
  const target = targetOf(escapeUrl(url));
  return {
    method: "POST",
    url: target.url,
    headers: [
      ["User-Agent", `resticprofile/${VERSION}`],
      ["Content-Type", isText ? TEXT_TYPE : PROTOBUF_TYPE],
      ...target.authorization === undefined ? [] : [["Authorization", target.authorization] as const],
    ],
    body: isText ? prometheusText(metrics) : prometheusProtobuf(metrics),
    skipTlsVerification: false,
    caCertificates: trustedCertificates(settings, world, warn),
    proxy: proxyFor(target.url, world.env),
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

/** As Go's `url.QueryEscape`. */
function queryEscaped(text: string): string {
  return encodeURIComponent(text).replaceAll("%20", "+")
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function base64Url(text: string): string {
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
}
