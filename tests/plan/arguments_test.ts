/** What restic gets: flags of profile and section, filtered, and the user's arguments. */
import { assertEquals } from "@std/assert";
import { type JobOptions, planned } from "../support/planned_job.ts";

type Row = readonly [name: string, commandLine: string, options: JobOptions, lines: readonly string[]];

const ROWS: readonly Row[] = [
  [
    "an option with quotes in it is quoted as restic's reader of CSV wants it, one that is quoted stays",
    "check",
    { profile: { option: ['sftp.args=-i "/my keys/id" -p 1', '"rest.a=b ""c"""', "s3.region=x"] } },
    [`check --option="sftp.args=-i ""/my keys/id"" -p 1" --option="rest.a=b ""c""" --option=s3.region=x --repo=local:repo`],
  ],
  [
    "restic 0.20: prune writes JSON",
    "prune --json",
    { restic: "0.20.0", profile: { prune: { json: true, "max-unused": "5%" } } },
    ["prune --json --max-unused=5% --repo=local:repo --json"],
  ],
  [
    "restic 0.20: list takes a snapshot",
    "list packs 4f3c5a1b",
    { restic: "0.20.0" },
    ["list --quiet --repo=local:repo packs 4f3c5a1b"],
  ],
  [
    "restic 0.20: repair snapshots forgets what it has repaired",
    "repair snapshots --forget",
    { restic: "0.20.0", profile: { "repair-snapshots": { forget: true } } },
    ["repair snapshots --forget --repo=local:repo --forget"],
  ],
  [
    "flags are sorted by name, values keep their order",
    "backup /extra --tag cli -v",
    {
      profile: {
        option: ["z=1", "a=2"],
        backup: { source: ["zeta", "alpha"], exclude: "x", "exclude-file": "y", tag: ["z", "a"] },
      },
    },
    ["backup --exclude=x --exclude-file=y --option=z=1 --option=a=2 --repo=local:repo --tag=z --tag=a /extra --tag cli -v zeta alpha"],
  ],
  [
    "a section flag replaces the common one as a whole",
    "check",
    {
      profile: {
        option: ["a=1", "b=2"],
        "password-file": "k1",
        check: { option: "c=3", repository: "local:other", "password-file": "k2" },
      },
    },
    ["check --option=c=3 --password-file=k2 --repo=local:other"],
  ],
  [
    "values become words",
    "backup",
    {
      profile: {
        backup: {
          "one-file-system": true,
          "no-scan": false,
          "pack-size": 64.0,
          "limit-upload": 1e6,
          "limit-download": 0,
          "read-concurrency": -1,
          "exclude-larger-than": 2.5,
          "ignore-ctime": "true",
          tag: ["a,b", 2, 9007199254740993n],
          parent: "",
        },
      },
    },
    ["backup --exclude-larger-than=2.5 --ignore-ctime=true --limit-upload=1000000 --one-file-system --pack-size=64 --read-concurrency=-1 --repo=local:repo --tag=a,b --tag=2 --tag=9007199254740993"],
  ],
  [
    "an empty text has a meaning for three flags",
    "forget",
    { profile: { forget: { tag: "", "keep-tag": "", "group-by": "", host: "", "keep-within": "" } } },
    ["forget --group-by= --keep-tag= --repo=local:repo --tag="],
  ],
  [
    "verbose of the profile is a number, of a section a switch",
    "ls",
    { profile: { verbose: 1, ls: { quiet: true } } },
    [
      "ls --quiet --repo=local:repo --verbose=1",
    ],
  ],
  [
    "-q of the tool takes the place of the profile's verbose",
    "ls",
    { profile: { verbose: 2 }, flags: { quiet: true } },
    [
      "ls --quiet --repo=local:repo",
    ],
  ],
  ["-q with -v: verbose wins", "ls", { profile: { quiet: true }, flags: { quiet: true, verbose: true } }, [
    "ls --repo=local:repo --verbose=1",
  ]],
  ["--trace is verbose=3 for restic", "ls", { flags: { trace: true } }, ["ls --repo=local:repo --verbose=3"]],
  ["extended-status is --json", "backup", { profile: { backup: { "extended-status": true } } }, [
    "backup --json --repo=local:repo",
  ]],
  ["without the filter everything is passed, to secondary commands too", "backup --foo bar -xyz", {
    facts: { filter: false },
    profile: { "unheard-of": "x", backup: { "check-before": true, source: "data", "repository-version": 2 } },
  }, [
    "check --repo=local:repo --unheard-of=x --foo bar -xyz",
    "backup --repo=local:repo --repository-version=2 --unheard-of=x --foo bar -xyz data",
  ]],
  ["variables of other flags are replaced when the step starts", "backup", {
    profile: { "password-command": "pass $NAME", backup: { tag: "$TAG", "exclude-file": "literal$file" } },
  }, ["backup --exclude-file=literal$file <--password-command=pass $NAME> --repo=local:repo <--tag=$TAG>"]],
  ["no shell: words of the configuration and the user stay as they are", "backup #x '' ~ * {c,d}", {
    profile: {
      backup: { exclude: ["a\\b", "a\\*b", "{a,b}", "`cmd`", "&x", "two\nlines", "''"], source: ["#a b", "''", "~"] },
    },
  }, [
    "backup --exclude=a\\b --exclude=a\\*b --exclude={a,b} --exclude=`cmd` --exclude=&x --exclude=two\nlines --exclude='' --repo=local:repo #x '' ~ * {c,d} #a b '' ~",
  ]],
  ["empty texts in lists", "forget", { profile: { forget: { tag: ["", "a"], host: ["", "h"] } } }, [
    "forget --host=h --repo=local:repo --tag= --tag=a",
  ]],
  ["a flag that needs a value is not passed without", "backup", {
    profile: { backup: { parent: true, force: true, "one-file-system": "true" } },
  }, ["backup --force --one-file-system=true --repo=local:repo"]],
  ["the line break that ends a block is not part of a value", "backup", { profile: { backup: { parent: "a\nb\n" } } }, [
    "backup --parent=a\nb --repo=local:repo",
  ]],
  ["a 0 that is not the default is passed", "prune", {
    profile: { "limit-upload": 0, "stuck-request-timeout": 0, prune: { "max-unused": 0 } },
  }, ["prune --max-unused=0 --repo=local:repo --stuck-request-timeout=0"]],
  ["a section switches a common flag off", "backup", {
    profile: {
      "limit-upload": 5,
      "no-cache": true,
      option: "a=1",
      "password-file": "key",
      host: "h",
      stdin: true,
      backup: { "limit-upload": 0, "no-cache": false, option: [], "password-file": "", host: false, stdin: false },
    },
  }, ["backup --repo=local:repo"]],
  ["a timestamp is written as restic reads it, a date as it is", "backup", {
    profile: { backup: { time: "2024-02-29T10:11:12.5", tag: ["2024-02-29T10:11:12Z"] } },
  }, ["backup --repo=local:repo --tag=2024-02-29T10:11:12Z --time=2024-02-29 10:11:12"]],
  ["null leaves the common flag", "check", { profile: { "no-cache": true, check: { "no-cache": null } } }, [
    "check --no-cache --repo=local:repo",
  ]],
  ["true in the profile itself stands for what backup has", "snapshots", {
    profile: { tag: true, host: true, path: true, backup: { tag: ["a", "b"], source: ["data", "/abs/"] } },
  }, ["snapshots --host=here --path=/work/data --path=/abs/ --repo=local:repo --tag=a,b"]],
  ["true that stands for nothing prints nothing", "snapshots", {
    profile: { snapshots: { tag: true, path: true } },
  }, [
    "snapshots --repo=local:repo",
  ]],
  ["backup.tag = true prints nothing", "backup", { profile: { backup: { tag: true } } }, [
    "backup --repo=local:repo",
  ]],
  ["no detected version is the newest", "copy", {
    facts: { resticVersion: undefined },
    profile: { copy: { repository: "local:two" } },
  }, ["copy --from-repo=local:repo --repo=local:two"]],
  ["commands of two words", "repair snapshots --forget id", {
    profile: { repair: { "dry-run": true, host: "a" }, "repair-snapshots": { host: "b", forget: true } },
  }, ["repair snapshots --dry-run --forget --host=b --repo=local:repo --forget id"]],
  ["key list is an argument of key", "key list", { profile: { "password-file": "key" } }, [
    "key --password-file=key --repo=local:repo list",
  ]],
  ["key add has flags of its own", "key add", { profile: { "key-add": { host: "h" } } }, [
    "key add --host=h --repo=local:repo",
  ]],
  ["the main command gets every argument", "forget --dry-rnu -Hh1 -cH h1 -vv word", {}, [
    "forget --repo=local:repo --dry-rnu -Hh1 -cH h1 -vv word",
  ]],
  ["with -- the sources stand before it", "backup --tag x -- -odd", {
    profile: { backup: { source: "data", "check-before": true } },
  }, ["check --repo=local:repo", "backup --repo=local:repo --tag x data -- -odd"]],
  ["stdin-from-command: the words of source are the command", "backup", {
    profile: { backup: { "stdin-from-command": true, source: ["pg_dump", "--all"] } },
  }, ["backup --repo=local:repo --stdin-from-command -- pg_dump --all"]],
  ["the user's command takes the place of the sources", "backup --stdin-from-command -- dump -v", {
    profile: { backup: { source: "data", "check-before": true } },
  }, ["check --repo=local:repo", "backup --repo=local:repo --stdin-from-command -- dump -v"]],
  ["sources are left out when restic reads its input", "backup", {
    profile: { backup: { stdin: true, source: "data", "check-after": true } },
  }, ["backup --repo=local:repo --stdin", "check --repo=local:repo"]],
  ["unless the user switches that off", "backup --stdin=false", {
    profile: { backup: { stdin: true, source: "data" } },
  }, ["backup --repo=local:repo --stdin --stdin=false data"]],
  ["stdin-command implies --stdin", "backup", { profile: { backup: { stdin: false, "stdin-command": "dump" } } }, [
    "backup --repo=local:repo --stdin",
  ]],
  ["timestamps are written as restic reads them, wherever it takes a time", "find", {
    profile: { find: { oldest: "2024-01-02T03:04:05", newest: "2024-01-02 03:04:05", tag: "2024-01-02T03:04:05" } },
  }, [
    "find --newest=2024-01-02 03:04:05 --oldest=2024-01-02 03:04:05 --repo=local:repo --tag=2024-01-02T03:04:05",
  ]],
  ["nothing is expanded in the patterns of a backup, which were; elsewhere they are like any flag", "backup", {
    profile: { iexclude: "~/$A", backup: { exclude: "$B", "check-after": true } },
  }, ["backup --exclude=$B <--iexclude=~/$A> --repo=local:repo", "check --repo=local:repo"]],
  ["and of a restore", "restore", { profile: { iexclude: "$A", restore: { exclude: "~/$B" } } }, [
    "restore <--exclude=~/$B> <--iexclude=$A> --repo=local:repo",
  ]],
  ["own options never leak", "prune", {
    facts: { filter: false },
    profile: { lock: "l", "status-file": "s", prune: { schedule: "daily", "schedule-log": "x", "run-before": "true" } },
  }, ["prune --repo=local:repo"]],
];

for (const [name, commandLine, options, lines] of ROWS) {
  Deno.test(name, () => assertEquals(planned(commandLine, options).lines, lines));
}

Deno.test("flags that this restic lacks are reported once, with their place; common ones if no command has them", () => {
  const { notes, lines } = planned("backup", {
    restic: "0.14.0",
    profile: {
      "retry-lock": "5m",
      "keep-last": 1,
      backup: { "skip-if-unchanged": true, "check-before": true, "check-after": true },
      check: { host: "h" },
    },
  });
  assertEquals(lines, ["check --repo=local:repo", "backup --repo=local:repo", "check --repo=local:repo"]);
  assertEquals(notes.map(({ message }) => message), [
    "restic 0.14.0 has no flag --retry-lock: it is left out",
    "restic 0.14.0 has no flag --host for check: it is left out",
    "restic 0.14.0 has no flag --skip-if-unchanged for backup: it is left out",
  ]);
  assertEquals(notes.map(({ at, severity }) => [severity, at?.line, at?.column]), [
    ["warning", 1, 3],
    ["warning", 4, 5],
    ["warning", 3, 5],
  ]);
});

for (
  const [commandLine, restic, profile, wanted] of [
    ["snapshots", "0.18.0", { snapshots: { "exclude-file": "e" } }, ["--exclude-file for snapshots"]],
    ["backup", "0.18.0", { retention: { "after-backup": true, host: true, "exclude-file": "e" } }, [
      "--exclude-file for forget",
    ]],
    ["copy", "0.18.0", { copy: { repository: "r", initialize: true, "repository-version": 2, tag: "t" } }, []],
    ["copy", "0.13.1", { copy: { repository: "r", initialize: true, "repository-version": 2 } }, [
      "--repository-version for copy",
    ]],
    ["repair index", "0.18.0", { repair: { forget: true, "read-data": true } }, ["--read-data for repair"]],
    ["key list", "0.18.0", { key: { user: "u" } }, []],
    ["stats", "0.18.0", { stats: { repository: "r", "no-such-flag": true, "read-data": false } }, []],
  ] as const
) {
  Deno.test(`of ${JSON.stringify(profile)} restic ${restic} ${commandLine} lacks ${wanted.join() || "nothing"}`, () => {
    const { notes } = planned(commandLine, { restic, profile });
    assertEquals(
      notes.map(({ message }) => message),
      wanted.map((flag) => `restic ${restic} has no flag ${flag}: it is left out`),
    );
  });
}
