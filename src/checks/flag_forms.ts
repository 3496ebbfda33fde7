/** Forms of values that restic's flags take. What restic refuses is better told before a night's backup than by it. */
import { parseBoolean } from "../model/go_text.ts";
import { parseDuration } from "../model/duration.ts";
import { isKeepRule } from "../schema/deciding_flags.ts";
import type { ResticFlag } from "../schema/restic_flags.ts";
import { nearestHint } from "../model/nearest.ts";

export interface FlagForm {
  /** As it comes after "wanted". */
  readonly name: string;
  /** Whether restic takes the text. */
  readonly accepts: (text: string) => boolean;
  /** What may have been meant. */
  readonly hint: (text: string) => string | undefined;
  /** Releases to come may take more. */
  readonly isOpen?: true;
}

const YES = /^(?:true|yes|y|on|enabled?)$/i;
const NO = /^(?:false|no|n|off|none|never|disabled?)$/i;

const BOOLEAN: FlagForm = {
  name: "true or false",
  accepts: (text) => parseBoolean(text) !== undefined,
  hint: (text) => YES.test(text) ? "Did you mean true?" : NO.test(text) ? "Did you mean false?" : undefined,
};

/** As Go reads it, which takes other bases too. */
const INTEGER_PATTERN = /^[+-]?(?:0[xob][\da-f_]+|\d[\d_]*)$/i;

const INTEGER: FlagForm = {
  name: "a whole number",
  accepts: (text) => INTEGER_PATTERN.test(text),
  hint: startingNumber,
};

const COUNT: FlagForm = {
  name: 'a whole number or "unlimited"',
  accepts: (text) => INTEGER_PATTERN.test(text) || text === "unlimited",
  hint: (text) => /^(?:all|forever|infinit|unlimit)/i.test(text) ? 'Did you mean "unlimited"?' : startingNumber(text),
};

function startingNumber(text: string): string | undefined {
  const number = /^\d+/.exec(text)?.[0];
  return number && `Did you mean ${number}?`;
}

const TIMEOUT: FlagForm = {
  name: 'a duration with units, like "5m" or "1h30m"',
  accepts: (text) => text === "0" || (/[a-zµμ]$/.test(text) && isDuration(text)),
  hint(text) {
    const [, number, unit = "s"] = /^(\d+)\s*([smh])?[a-z]*$/i.exec(text) ?? [];
    return number && `Did you mean "${number}${unit.toLowerCase()}"?`;
  },
};

function isDuration(text: string): boolean {
  try {
    parseDuration(text);
    return true;
  } catch {
    return false;
  }
}

const AGE: FlagForm = {
  name: 'a time in years, months, days and hours, like "2y5m7d3h"',
  accepts: (text) => /^(?:-?\d+[ymdh])+$/.test(text),
  hint(text) {
    const parts = [...text.matchAll(/(\d+)\s*([ymwdh])?[a-z]*/gi)];
    if (parts.length === 0) return undefined;
    const written = parts.map(([, number, unit = "d"]) =>
      unit.toLowerCase() === "w" ? `${Number(number) * 7}d` : `${number}${unit.toLowerCase()}`
    );
    return `Did you mean "${written.join("")}"?`;
  },
};

const SIZE: FlagForm = {
  name: 'a size like "500M"',
  accepts: (text) => /^\d+[bkmgt]?$/i.test(text),
  hint(text) {
    const [, number, unit = ""] = /^(\d+)\s*([bkmgt])?i?b?(?:ytes?)?$/i.exec(text) ?? [];
    return number && `Did you mean "${number}${unit.toUpperCase()}"?`;
  },
};

const UNUSED: FlagForm = {
  name: 'a size, a percentage or "unlimited"',
  accepts: (text) => text === "unlimited" || /^\d+(?:\.\d+)?%$/.test(text) || SIZE.accepts(text),
  hint: (text) => percentage(text) ?? SIZE.hint(text),
};

const SUBSET: FlagForm = {
  name: 'a part like "1/5", a percentage like "2.5%" or a size like "10G"',
  accepts: (text) => /^\d+\/\d+$|^\d+(?:\.\d+)?%$/.test(text) || SIZE.accepts(text),
  hint: (text) => percentage(text) ?? SIZE.hint(text),
};

function percentage(text: string): string | undefined {
  const [, number] = /^(\d+(?:\.\d+)?)\s*(?:%|per ?cent)$/i.exec(text) ?? [];
  return number && `Did you mean "${number}%"?`;
}

function oneOf(...words: readonly string[]): FlagForm {
  return {
    name: `one of ${words.join(", ")}`,
    accepts: (text) => words.includes(text),
    hint: (text) => nearestHint(text, words),
    isOpen: true,
  };
}

const NAMED: Readonly<Record<string, FlagForm>> = {
  "archive": oneOf("tar", "zip"),
  "compression": oneOf("auto", "off", "fastest", "better", "max"),
  "exclude-larger-than": SIZE,
  "max-repack-size": SIZE,
  "max-unused": UNUSED,
  "overwrite": oneOf("always", "if-changed", "if-newer", "never"),
  "read-data-subset": SUBSET,
  "repack-smaller-than": SIZE,
};

/** @returns undefined where any text is accepted */
export function formOfFlag(name: string, { value, default: usual = "" }: ResticFlag): FlagForm | undefined {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (named !== undefined) return named;
  if (/^keep-within/.test(name)) return AGE;
  if (value === "optional") return usual === "false" || usual === "true" ? BOOLEAN : undefined;
  if (/^\d+$/.test(usual)) return isKeepRule(name) ? COUNT : INTEGER;
  return /^(?:\d+[hms])+$/.test(usual) ? TIMEOUT : undefined;
}
