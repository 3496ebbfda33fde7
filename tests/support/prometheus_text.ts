/**
 * Reads Prometheus' text format 0.0.4 as strictly as the collector of text files does, and a bit more: nothing is forgiven.
 * A file must not have time stamps, nor a metric without type, nor the lines of one metric in two places.
 */

export interface Family {
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface OpenFamily extends Family {
  readonly name: string;
  readonly samples: Sample[];
}

const METRIC = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,(?=.)|$)/y;
const HELP = new RegExp(`^# HELP (${METRIC}) ((?:[^\\\\\\n]|\\\\[\\\\n])*)$`);
const TYPE = new RegExp(`^# TYPE (${METRIC}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE = new RegExp(`^(${METRIC})(?:\\{(.*)\\})? (\\S+)$`);
const NUMBER = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|NaN|[+-]?Inf)$/;

/** @throws {SyntaxError} that quotes the line */
export function parsePrometheus(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, OpenFamily>();
  if (!text.endsWith("\n")) throw new SyntaxError("The last line has no end");
  const lines = text.slice(0, -1).split("\n");
  for (let at = 0; at < lines.length;) {
    const family = familyOf(lines, at);
    if (families.has(family.name)) throw new SyntaxError(`A second time: ${family.name}`);
    families.set(family.name, family);
    at += 2 + family.samples.length;
  }
  return families;
}

/** Two comments, then the samples. */
function familyOf(lines: readonly string[], at: number): OpenFamily {
  const [, name = "", help = ""] = matched(HELP, lines[at]);
  const [, typed, type = ""] = matched(TYPE, lines[at + 1]);
  if (typed !== name) throw new SyntaxError(`The type of another metric: ${lines[at + 1]}`);
  const samples: Sample[] = [];
  const seen = new Set<string>();
  for (const line of lines.slice(at + 2)) {
    if (line.startsWith("#")) break;
    const [, metric, labels = "", value = ""] = matched(SAMPLE, line);
    if (metric !== name || !NUMBER.test(value)) throw new SyntaxError(`Not a sample of ${name}: ${line}`);
    const sample = { labels: labelsOf(labels, line), value: numberOf(value) };
    const key = JSON.stringify(Object.entries(sample.labels).sort());
    if (seen.has(key)) throw new SyntaxError(`A second value: ${line}`);
    seen.add(key);
    samples.push(sample);
  }
  if (samples.length === 0) throw new SyntaxError(`No value of ${name}`);
  return { name, help, type, samples };
}

function matched(pattern: RegExp, line = ""): RegExpExecArray {
  const found = pattern.exec(line);
  if (!found) throw new SyntaxError(`Not as it should be: ${JSON.stringify(line)}`);
  return found;
}

function labelsOf(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name = "", value = ""] = matched(LABEL, text);
    if (name.startsWith("__")) throw new SyntaxError(`A reserved label: ${line}`);
    if (Object.hasOwn(labels, name)) throw new SyntaxError(`A label twice: ${line}`);
    labels[name] = value.replace(/\\(.)/g, (_, character) => character === "n" ? "\n" : character);
  }
  return labels;
}

function numberOf(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}
