/** `tag`, `host`, `path` and the retention of a backup. */
import { assertEquals } from "@std/assert";
import { type JobOptions, planned } from "../support/planned_job.ts";

type Row = readonly [
  name: string,
  version: 1 | 2,
  profile: NonNullable<JobOptions["profile"]>,
  lines: readonly string[],
];

const BACKUP = { source: ["data", "/abs"], tag: ["one", "two"], host: "b" };
const BACKUP_LINE = "backup --host=b --repo=local:repo --tag=one --tag=two data /abs";

const ROWS: readonly Row[] = [
  ["version 1: retention gets the paths alone", 1, { backup: BACKUP, retention: { "after-backup": true } }, [
    BACKUP_LINE,
    "forget --path=/work/data --path=/abs --repo=local:repo",
  ]],
  ["version 1: true copies, the tags in one value", 1, {
    backup: BACKUP,
    retention: { "before-backup": true, tag: true, path: false },
  }, ["forget --repo=local:repo --tag=one,two", BACKUP_LINE]],
  ["retention.host = true is the host of backup", 1, {
    backup: BACKUP,
    retention: { "after-backup": true, host: true, path: "" },
  }, [BACKUP_LINE, "forget --host=b --repo=local:repo"]],
  ["and this machine if backup has none", 1, {
    backup: { source: "/abs" },
    retention: { "after-backup": true, host: true, path: false },
  }, ["backup --repo=local:repo /abs", "forget --host=here --repo=local:repo"]],
  ["version 2: retention gets tags, host and paths", 2, { backup: BACKUP, retention: { "keep-last": 1 } }, [
    BACKUP_LINE,
    "forget --host=b --keep-last=1 --path=/work/data --path=/abs --repo=local:repo --tag=one,two",
  ]],
  ["version 2: what is set in retention stays", 2, {
    backup: BACKUP,
    retention: { "keep-last": 1, tag: "", host: false, path: "" },
  }, [BACKUP_LINE, "forget --keep-last=1 --repo=local:repo --tag="]],
  ["version 2: without tags of backup the profile's stay", 2, {
    tag: "p",
    backup: { source: "/abs", host: false },
    retention: { "keep-last": 1 },
  }, ["backup --repo=local:repo --tag=p /abs", "forget --keep-last=1 --path=/abs --repo=local:repo --tag=p"]],
  ["version 2: a backup without host gets this machine", 2, { backup: { source: "/abs" } }, [
    "backup --host=here --repo=local:repo /abs",
  ]],
  ["version 2: the profile's host is backup's, and retention's", 2, {
    host: "p",
    backup: { source: "/abs" },
    retention: { "keep-last": 1 },
  }, ["backup --host=p --repo=local:repo /abs", "forget --host=p --keep-last=1 --path=/abs --repo=local:repo"]],
  ["version 2: before-backup = false prevents the default", 2, {
    backup: { source: "/abs", host: false },
    retention: { "keep-last": 1, "before-backup": false },
  }, ["backup --repo=local:repo /abs"]],
  ["version 2: nothing to keep, nothing to forget", 2, {
    backup: { source: "/abs", host: false },
    retention: { prune: true },
  }, ["backup --repo=local:repo /abs"]],
  ["version 2: its defaults need no backup section", 2, { tag: "p", retention: { "keep-last": 1 } }, [
    "backup --host=here --repo=local:repo --tag=p",
    "forget --host=here --keep-last=1 --repo=local:repo --tag=p",
  ]],
  ["version 2: an empty host of backup is this machine", 2, {
    backup: { source: "/abs", host: "" },
    retention: { "keep-last": 1, path: false },
  }, ["backup --repo=local:repo /abs", "forget --host=here --keep-last=1 --repo=local:repo"]],
  ["version 2: a rule of 0 is no reason to forget", 2, {
    backup: { source: "/abs", host: "h" },
    retention: { "keep-last": 0, "keep-within": "" },
  }, ["backup --host=h --repo=local:repo /abs"]],
  ["true is the tags that backup passes: the profile's", 1, {
    tag: ["films", "disk"],
    backup: { source: "/abs" },
    retention: { "after-backup": true, tag: true, path: false, host: true },
  }, [
    "backup --repo=local:repo --tag=films --tag=disk /abs",
    "forget --host=here --repo=local:repo --tag=films,disk",
  ]],
  ["true is the tags that backup passes: the section's", 1, {
    tag: "films",
    backup: { source: "/abs", tag: "own" },
    retention: { "after-backup": true, tag: true, path: false, host: true },
  }, ["backup --repo=local:repo --tag=own /abs", "forget --host=here --repo=local:repo --tag=own"]],
  ["a true that stands for nothing leaves what the profile says", 1, {
    tag: "films",
    path: "/films",
    backup: { "files-from": "list" },
    retention: { "after-backup": true, tag: true, path: true, host: true },
  }, [
    "backup --files-from=list --repo=local:repo --tag=films",
    "forget --host=here --path=/films --repo=local:repo --tag=films",
  ]],
  ["several names of standard input: restic takes the last", 1, {
    backup: { stdin: true, "stdin-filename": ["a.sql", "b.sql"] },
    retention: { "after-backup": true, host: true },
  }, [
    "backup --repo=local:repo --stdin --stdin-filename=a.sql --stdin-filename=b.sql",
    "forget --host=here --path=/b.sql --repo=local:repo",
  ]],
  ["standard input: the path is its name in the snapshot", 1, {
    backup: { stdin: true, "stdin-filename": "dump/../db.sql", source: "/left-out" },
    retention: { "after-backup": true, host: true },
  }, [
    "backup --repo=local:repo --stdin --stdin-filename=dump/../db.sql",
    "forget --host=here --path=/db.sql --repo=local:repo",
  ]],
  ["standard input without a name", 2, {
    backup: { "stdin-command": "dump", "stdin-filename": "" },
    retention: { "keep-last": 1 },
  }, [
    "backup --host=here --repo=local:repo --stdin",
    "forget --host=here --keep-last=1 --path=/stdin --repo=local:repo",
  ]],
  ["standard input of the profile's flags, named by a variable", 2, {
    stdin: true,
    "stdin-filename": "$DB.sql",
    retention: { "keep-last": 1 },
  }, [
    "backup --host=here --repo=local:repo --stdin <--stdin-filename=$DB.sql>",
    "forget --host=here --keep-last=1 --path=/films.sql --repo=local:repo",
  ]],
  ["stdin-from-command: the words of source are no paths", 1, {
    backup: { "stdin-from-command": true, source: ["pg_dump", "--all"] },
    retention: { "after-backup": true, host: true },
  }, [
    "backup --repo=local:repo --stdin-from-command -- pg_dump --all",
    "forget --host=here --path=/stdin --repo=local:repo",
  ]],
  ["sources below source-base select by it", 1, {
    backup: { "source-relative": true, "source-base": "/base", source: ["a", "../b"] },
    retention: { "after-backup": true },
  }, ["backup --repo=local:repo a ../b", "forget --path=/base/a --path=/b --repo=local:repo"]],
];

for (const [name, version, profile, lines] of ROWS) {
  const facts = { environment: { DB: "films" } };
  Deno.test(name, () => assertEquals(planned("backup", { version, profile, facts }).lines, lines));
}

for (
  const [tag, typed, words] of [
    ["films", "--tag cli", "--tag=films,cli"],
    [["films", "music,old"], "--tag a --tag=b", "--tag=films,a,b --tag=music,old,a,b"],
    [true, "--tag cli", "--tag=t,cli"],
    [false, "--tag cli", "--tag=cli"],
    ["films", "--tag=", "--tag=films"],
  ] as const
) {
  Deno.test(`a retention of the tag ${tag} selects no more after backup ${typed}`, () => {
    const profile = { backup: { source: "/abs", tag: "t" }, retention: { "after-backup": true, host: true, tag } };
    assertEquals(
      planned(`backup ${typed}`, { profile }).lines.at(-1),
      `forget --host=here --path=/abs --repo=local:repo ${words}`,
    );
  });
}

Deno.test("a relative source that selects snapshots is reported once", () => {
  const retention = { "before-backup": true, "after-backup": true, host: true };
  const { notes } = planned("backup", { profile: { backup: { source: ["data", "more"] }, retention } });
  assertEquals(notes.map(({ severity, at }) => [severity, at?.line]), [["info", 1]]);
  const based = { "base-dir": "/work", backup: { source: "data" }, retention };
  assertEquals(planned("backup", { profile: based }).notes, []);
});

for (
  const [commandLine, profile, line] of [
    ["backup --stdin --stdin-filename=a.sql", { backup: { source: "/abs" } }, "--host=here --path=/a.sql"],
    ["backup /typed more", { backup: { tag: "t" } }, "--host=here --path=/typed --path=/work/more"],
    ["backup /typed", { backup: { source: "/abs" } }, "--host=here --path=/abs"],
    ["backup --host other", { backup: { source: "/abs" } }, "--path=/abs"],
    ["backup --tag cli", { backup: { source: "/abs" } }, "--host=here --path=/abs --tag=cli"],
    ["backup --tag a --tag=b,c", { backup: { source: "/abs", tag: "t" } }, "--host=here --path=/abs --tag=a,b,c"],
    ["backup --tag=", { backup: { source: "/abs" } }, "--host=here --path=/abs"],
    ["forget --tag x", { forget: { tag: "t", path: "/p" } }, "--path=/p"],
    ["forget --host h1", { host: "h", forget: { tag: "t" } }, "--tag=t"],
  ] as const
) {
  Deno.test(`what the user types selects: ${commandLine}`, () => {
    const retention = { "after-backup": true, host: true };
    const { lines } = planned(commandLine, { profile: { ...profile, retention } });
    assertEquals(lines.at(-1)!.replace("--repo=local:repo ", "").startsWith(`forget ${line}`), true, lines.at(-1));
  });
}

for (
  const [commandLine, profile, place] of [
    ["ls", { path: "/x", ls: { path: "/work/relative" } }, [2, 5]],
    ["ls", { path: ["/x", "/work/relative"] }, [1, 3]],
    ["ls", { path: "/work/other" }, undefined],
    ["ls", { "base-dir": "/work", path: "/work/relative" }, undefined],
    ["check", { path: "/work/relative" }, undefined],
    ["retention", { backup: {}, retention: { path: "/work/relative", host: true } }, [2, 5]],
  ] as const
) {
  Deno.test(`a path that was written relative is told: ${commandLine} of ${JSON.stringify(profile)}`, () => {
    const { notes } = planned(commandLine, { profile });
    assertEquals(notes.map(({ severity, at }) => [severity, at?.line, at?.column]), place ? [["info", ...place]] : []);
  });
}

Deno.test("source-relative: backup alone runs in source-base", () => {
  const { job } = planned("backup", {
    profile: { backup: { "source-relative": true, "source-base": "base", source: "a", "check-before": true } },
  });
  const folders = job.steps.map((step) => step.kind === "restic" && [step.id, step.workingDir]);
  assertEquals(folders, [["check-before", "/work"], ["backup", "/work/base"]]);
});

const HOST_ROWS: readonly Row[] = [
  ["version 2", 2, { backup: { source: "/abs" }, retention: { "keep-last": 1 } }, [
    "backup --host=nas --repo=local:repo /abs",
    "forget --host=nas --keep-last=1 --path=/abs --repo=local:repo",
  ]],
  [
    "version 1, as restic does it from 0.17 on",
    1,
    { backup: { source: "/abs" }, retention: { "after-backup": true } },
    [
      "backup --host=nas --repo=local:repo /abs",
      "forget --host=nas --path=/abs --repo=local:repo",
    ],
  ],
  ["a host of the configuration wins", 2, { host: "p", backup: { source: "/abs" }, retention: { "keep-last": 1 } }, [
    "backup --host=p --repo=local:repo /abs",
    "forget --host=p --keep-last=1 --path=/abs --repo=local:repo",
  ]],
  ["true is RESTIC_HOST", 1, { backup: { source: "/abs" }, retention: { "after-backup": true, host: true } }, [
    "backup --host=nas --repo=local:repo /abs",
    "forget --host=nas --path=/abs --repo=local:repo",
  ]],
  ["a host that is switched off", 2, { backup: { source: "/abs", host: false } }, ["backup --repo=local:repo /abs"]],
];

for (const [name, version, profile, lines] of HOST_ROWS) {
  for (const restic of ["0.14.0", "0.18.0"]) {
    Deno.test(`RESTIC_HOST, restic ${restic}: ${name}`, () => {
      const facts = { environment: { RESTIC_HOST: "nas" } };
      assertEquals(planned("backup", { version, profile, facts, restic }).lines, lines);
    });
  }
}
