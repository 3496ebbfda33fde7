/**
 * Brings what other releases of restic take into `src/schema/restic_flags.json`. Run it with the programs to ask, in any order:
 * `deno run -A scripts/refresh_restic_flags.ts restic-0.19 restic-0.20`. It can only say what
 * the releases show that it asks, so ask every one, patch releases too; and restic's own builds: those of a distribution may
 * lack `self-update`.
 */

import { compareVersions, parseVersion } from "../src/schema/restic_version.ts";
import { captured, outcome, ROOT } from "./programs.ts";
import { type PageOption, type Pages, readPages } from "./restic_pages.ts";

interface Flag extends PageOption {
  readonly since: string;
  readonly last?: string;
  readonly gone?: string;
  readonly os?: string;
}

interface Command {
  readonly since: string;
  readonly last?: string;
  readonly flags: Readonly<Record<string, Flag>>;
}

export interface FlagTable {
  readonly versions: readonly string[];
  readonly commands: Readonly<Record<string, Command>>;
}

/** The table with what the pages of one release show. */
export function withRelease(table: FlagTable, version: string, pages: Pages): FlagTable {
  const versions = [...new Set([...table.versions, version])].sort(byAge);
  const before = versions[versions.indexOf(version) - 1];
  const isNewest = versions.at(-1) === version;
  const names = new Set([...Object.keys(table.commands), ...Object.keys(pages)]);
  const commands = [...names].map((name) => {
    const known = table.commands[name];
    const page = pages[name];
    const span = page ? shown(known, version, isNewest) : hidden(known!, version, before);
    return [name, { ...span, flags: page ? mergeFlags(known?.flags ?? {}, page) : known!.flags }];
  });
  return { versions, commands: Object.fromEntries(commands) };

  function mergeFlags(known: Command["flags"], page: Pages[string]): Command["flags"] {
    const all = [...new Set([...Object.keys(known), ...Object.keys(page)])];
    return Object.fromEntries(all.map((name) => {
      const [flag, option] = [known[name], page[name]];
      if (option === undefined) return [name, hidden(flag!, version, before)];
      const span = shown(flag, version, isNewest);
      // the newest page is the one to describe it
      return [name, { ...(isNewest || !flag ? option : described(flag)), ...span }];
    }));
  }
}

/** Which release first refuses a hidden flag, as far as this one tells. */
export async function withGoneFlags(
  table: FlagTable,
  version: string,
  isRefused: (command: string, flag: string, option: PageOption) => Promise<boolean>,
): Promise<FlagTable> {
  const commands = Object.entries(table.commands).map(async ([command, entry]) => {
    const flags = Object.entries(entry.flags).map(async ([name, flag]) => {
      const isHidden = flag.last !== undefined && byAge(flag.last, version) < 0;
      const isNews = flag.gone === undefined || byAge(version, flag.gone) < 0;
      const isGone = isHidden && isNews && await isRefused(command, name, flag);
      return [name, isGone ? { ...flag, gone: version } : flag];
    });
    return [command, { ...entry, flags: Object.fromEntries(await Promise.all(flags)) }];
  });
  return { ...table, commands: Object.fromEntries(await Promise.all(commands)) };
}

function described({ value, short, repeatable, default: initial }: Flag): PageOption {
  return {
    value,
    ...(short !== undefined && { short }),
    ...(repeatable && { repeatable }),
    ...(initial !== undefined && { default: initial }),
  };
}

type Span = Pick<Flag, "since" | "last" | "gone" | "os">;

/** A release shows it: it is at least as old as that, and was hidden later, if at all. */
function shown(known: Span | undefined, version: string, isNewest: boolean): Span {
  if (known === undefined) return { since: version };
  const { since, last, gone, os } = known;
  return {
    since: byAge(version, since) < 0 ? version : since,
    ...(last !== undefined && !isNewest && { last: byAge(last, version) < 0 ? version : last }),
    ...(gone !== undefined && byAge(gone, version) > 0 && { gone }),
    ...(os !== undefined && { os }),
  };
}

/** A release does not show it: if it is older than that, it has been hidden since. */
function hidden<T extends Span>(known: T, version: string, before: string | undefined): T {
  const isOlder = before !== undefined && byAge(known.since, version) < 0;
  const isHiddenBefore = known.last !== undefined && byAge(known.last, version) < 0;
  return isOlder && !isHiddenBefore && known.os === undefined ? { ...known, last: before } : known;
}

function byAge(a: string, b: string): number {
  return compareVersions(parseVersion(a)!, parseVersion(b)!);
}

/** A line for each flag, so that a change shows as one. */
export function formatTable({ versions, commands }: FlagTable): string {
  const sorted = Object.entries(commands).sort(([a], [b]) => a < b ? -1 : 1);
  const texts = sorted.map(([name, { flags, ...span }]) => {
    const lines = Object.entries(flags).sort(([a], [b]) => a < b ? -1 : 1).map(([flag, value]) =>
      `\n    ${JSON.stringify(flag)}: ${spaced(ordered(value))}`
    );
    return `  ${JSON.stringify(name)}: ${spaced(span).slice(0, -1)}, "flags": {${lines.join(",")}}}`;
  });
  return `{\n"versions": ${spaced(versions)},\n"commands": {\n${texts.join(",\n")}\n}\n}\n`;
}

function ordered(flag: Flag): Flag {
  const { since, last, gone, os, value, short, repeatable, default: initial } = flag;
  return { since, last, gone, os, value, short, repeatable, default: initial } as Flag; // JSON leaves out what is undefined
}

/** On one line, with a blank after commas and colons. */
function spaced(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replace(/\n\s*/g, " ").replace(/([{[]) | (?=[}\]])/g, "$1");
}

async function refresh(table: FlagTable, restic: string): Promise<FlagTable> {
  const version = /restic ([\d.]+)[ -]/.exec(await captured(restic, ["version"]))?.[1];
  if (version === undefined) throw new Error(`Cannot read the version of ${restic}`);
  const merged = withRelease(table, version, await readPages(restic));
  return await withGoneFlags(merged, version, async (command, flag, { value }) => {
    const words = command === "(global)" ? [] : command.split(" ");
    const { stderr } = await outcome(restic, [...words, `--${flag}${value === "required" ? "=x" : ""}`, "--help"]);
    return stderr.includes("unknown flag");
  });
}

if (import.meta.main) {
  const path = `${ROOT}/src/schema/restic_flags.json`;
  let table: FlagTable = JSON.parse(await Deno.readTextFile(path));
  for (const restic of Deno.args) table = await refresh(table, restic);
  await Deno.writeTextFile(path, formatTable(table));
}
