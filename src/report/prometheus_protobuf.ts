/**
 * Prometheus' protobuf form: length-delimited `io.prometheus.client.MetricFamily` messages. The few fields that a gauge
 * has are written by hand, as protobuf's wire format is simpler than a library for it.
 */
import type { Metric } from "./metrics.ts";

export const PROTOBUF_TYPE =
  "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

const GAUGE = 1;

export function prometheusProtobuf(metrics: readonly Metric[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(metrics.flatMap((metric) => delimited(family(metric))));
}

/** `name`, `help`, `type`, `metric` are the fields 1 to 4. */
function family({ name, help, labels, value }: Metric): number[] {
  const metric = [
    ...labels.flatMap(([label, text]) => message(1, [...string(1, label), ...string(2, text)])),
    ...message(2, double(1, value)),
  ];
  return [...string(1, name), ...string(2, help), ...enumeration(3, GAUGE), ...message(4, metric)];
}

function string(field: number, text: string): number[] {
  return message(field, [...new TextEncoder().encode(text)]);
}

/** Anything of a length: nested messages and texts. */
function message(field: number, bytes: readonly number[]): number[] {
  return [...varint(field << 3 | 2), ...delimited(bytes)];
}

function enumeration(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)];
}

function double(field: number, value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [...varint(field << 3 | 1), ...bytes];
}

function delimited(bytes: readonly number[]): number[] {
  return [...varint(bytes.length), ...bytes];
}

/** Seven bits a byte, the lowest first; the eighth bit says that more follow. */
function varint(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...varint(value >>> 7)];
}
