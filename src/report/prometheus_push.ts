/** Metrics, sent to a Prometheus push gateway. */
import { trustedCertificates } from "../hooks/certificates.ts";
import { secretsOf } from "../hooks/credentials.ts";
import { send, type Sending } from "../hooks/send.ts";
import { escapeUrl, targetOf } from "../hooks/url.ts";
import { masker, maskReceiver } from "../model/mask.ts";
import type { HttpSettings, Monitoring } from "../model/plan.ts";
import { reasonOf } from "../model/reason.ts";
import { VERSION } from "../model/product.ts";
import type { World } from "../platform/world.ts";
import type { Metric } from "./metrics.ts";
import { remarkLine } from "./remark_lines.ts";
import { prometheusText, TEXT_TYPE } from "./prometheus.ts";
import { prometheusProtobuf, PROTOBUF_TYPE } from "./prometheus_protobuf.ts";

type PushPlan = NonNullable<Monitoring["prometheusPush"]>;

const ACCEPTED: readonly number[] = [200, 202];

/**
 * Sends the metrics as an HTTP hook is sent: with further attempts, redirections and the receiver's reason.
 * @param warn gets what is wrong with certificate files
 * @throws {Error} that names the URL, without what may be secret in it, and the reason or status
 */
export async function pushMetrics(
  plan: PushPlan,
  metrics: readonly Metric[],
  settings: HttpSettings,
  world: World,
  warn: (text: string) => void,
): Promise<void> {
  const url = pushUrl(plan.url.reveal(), plan.job, plan.grouping);
  const mask = masker(secretsOf(plan.url.reveal(), []));
  const shown = pushUrl(maskReceiver(withScheme(plan.url.reveal())), plan.job, plan.grouping);
  const failure = (reason: string) => new Error(`Cannot push metrics to ${shown}: ${mask(reason)}`);
  if (plan.job === "") throw failure("the name of the job is empty");
  const certificates = trustedCertificates(settings, world, (file) => {
    warn(remarkLine({ code: "certificates-unusable", ...file }, "").text);
  });
  const sending = sendingOf(url, metrics, plan, certificates);
  if (typeof sending === "string") throw failure(sending);
  const { problem } = await send(sending, settings, world, new AbortController().signal, () => {});
  if (problem !== undefined) throw failure(problem);
}

/**
 * Where the metrics of a job go: the gateway groups by the path alone.
 * @param gateway URL; without a scheme it is http
 * @param grouping further labels of the group
 */
export function pushUrl(gateway: string, job: string, grouping: PushPlan["grouping"] = []): string {
  const base = withScheme(gateway).replace(/\/$/, "");
  return [base, "metrics", ...[["job", job] as const, ...grouping].flatMap(pathOf)].join("/");
}

function withScheme(gateway: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(gateway) ? gateway : `http://${gateway}`;
}

/** A slash, a dot segment and an empty text need the gateway's other form: in a path they would not arrive. */
function pathOf([label, value]: readonly [string, string]): [name: string, value: string] {
  const isPlain = value !== "" && !value.includes("/") && !/^\.\.?$/.test(value);
  return isPlain ? [label, percentEncoded(value)] : [`${label}@base64`, base64Url(value) || "="];
}

/** @returns why the URL cannot be used */
function sendingOf(
  url: string,
  metrics: readonly Metric[],
  { format, retries }: PushPlan,
  caCertificates: readonly string[],
): Sending | string {
  const isText = format === "text";
  try {
    const target = targetOf(escapeUrl(url));
    return {
      asked: {
        method: "POST",
        url: target.url,
        headers: [
          ["User-Agent", `resticprofile/${VERSION}`],
          ["Content-Type", isText ? TEXT_TYPE : PROTOBUF_TYPE],
          ...target.authorization === undefined ? [] : [["Authorization", target.authorization] as const],
        ],
        body: isText ? prometheusText(metrics) : prometheusProtobuf(metrics),
      },
      skipTlsVerification: false,
      caCertificates,
      retries,
      readsBodies: false,
      statuses: ACCEPTED,
    };
  } catch (error) {
    return reasonOf(error);
  }
}

/** The gateway takes a `+` for a plus, so a blank is `%20`. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function base64Url(text: string): string {
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
}
