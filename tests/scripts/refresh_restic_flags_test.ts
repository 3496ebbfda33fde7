import { assertEquals } from "@std/assert";
import { type FlagTable, formatTable, withGoneFlags, withRelease } from "../../scripts/refresh_restic_flags.ts";
import { optionsOf } from "../../scripts/restic_pages.ts";
import table from "../../src/schema/restic_flags.json" with { type: "json" };

const PAGE = `.SH SYNOPSIS
restic

.SH OPTIONS
\\fB-e\\fP, \\fB--exclude\\fP=[]
	exclude a \\fBpattern\\fR

.PP
\\fB--force\\fP[=false]
	force

.PP
\\fB-h\\fP, \\fB--help\\fP[=false]
	help

.PP
\\fB--parent\\fP=""
	parent

.PP
\\fB--max-unused\\fP="5%"
	unused

.SH OPTIONS INHERITED FROM PARENT COMMANDS
\\fB--quiet\\fP[=false]
	quiet
`;

Deno.test("optionsOf() reads the options of a page's own", () => {
  assertEquals(optionsOf(PAGE), {
    "exclude": { value: "required", short: "e", repeatable: true },
    "force": { value: "optional", default: "false" },
    "parent": { value: "required", default: "" },
    "max-unused": { value: "required", default: "5%" },
  });
});

Deno.test("formatTable() writes the table as it is", async () => {
  const text = await Deno.readTextFile(new URL("../../src/schema/restic_flags.json", import.meta.url));
  assertEquals(formatTable(table as unknown as FlagTable), text);
});

const SWITCH = { value: "optional", default: "false" } as const;
const KNOWN: FlagTable = {
  versions: ["0.9.0", "0.10.0"],
  commands: {
    ls: { since: "0.9.0", flags: { long: { since: "0.9.0", ...SWITCH }, old: { since: "0.9.0", ...SWITCH } } },
  },
};

Deno.test("withRelease() dates what a release adds and hides", () => {
  const { versions, commands } = withRelease(KNOWN, "0.11.0", { ls: { long: SWITCH, ncdu: SWITCH }, copy: {} });
  assertEquals(versions, ["0.9.0", "0.10.0", "0.11.0"]);
  assertEquals(commands, {
    ls: {
      since: "0.9.0",
      flags: {
        long: { ...SWITCH, since: "0.9.0" },
        old: { since: "0.9.0", ...SWITCH, last: "0.10.0" },
        ncdu: { ...SWITCH, since: "0.11.0" },
      },
    },
    copy: { since: "0.11.0", flags: {} },
  });
});

Deno.test("withRelease() corrects dates when a release between is asked later", () => {
  const later = withRelease(KNOWN, "0.12.0", { ls: { long: SWITCH, ncdu: SWITCH } });
  const { commands } = withRelease(later, "0.11.0", { ls: { long: SWITCH, old: SWITCH, ncdu: SWITCH } });
  assertEquals(commands.ls?.flags.ncdu?.since, "0.11.0");
  assertEquals(commands.ls?.flags.old?.last, "0.11.0");
});

Deno.test("withGoneFlags() asks about hidden flags alone", async () => {
  const hidden = withRelease(KNOWN, "0.11.0", { ls: { long: SWITCH } });
  const asked: string[] = [];
  const { commands } = await withGoneFlags(hidden, "0.11.0", (command, flag) => {
    asked.push(`${command} --${flag}`);
    return Promise.resolve(true);
  });
  assertEquals(asked, ["ls --old"]);
  assertEquals(commands.ls?.flags.old?.gone, "0.11.0");
});
