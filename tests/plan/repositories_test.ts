/** Second repositories of copy and init, and repositories with a password. */
import { assertEquals } from "@std/assert";
import { type JobOptions, planned } from "../support/planned_job.ts";

type Row = readonly [name: string, commandLine: string, options: JobOptions, lines: readonly string[]];

const URL = "rest:https://user:pw@host/";
const TO = { repository: "local:two", "password-file": "k2", snapshot: ["latest", "$ID"], initialize: true, tag: "t" };
const FROM = { "from-repository": "local:src", "from-password-file": "k2" };

const ROWS: readonly Row[] = [
  ["copy to the section's repository", "copy id", { profile: { "password-file": "k1", "limit-upload": 5, copy: TO } }, [
    "init --copy-chunker-params --from-password-file=k1 --from-repo=local:repo --limit-upload=5 --password-file=k2 --repo=local:two",
    "copy --from-password-file=k1 --from-repo=local:repo --limit-upload=5 --password-file=k2 --repo=local:two --tag=t id latest <$ID>",
  ]],
  ["the same before restic 0.14", "copy", { restic: "0.13.0", profile: { "password-file": "k1", copy: TO } }, [
    "init --copy-chunker-params --password-file=k2 --password-file2=k1 --repo=local:two --repo2=local:repo",
    "copy --password-file=k1 --password-file2=k2 --repo=local:repo --repo2=local:two --tag=t latest <$ID>",
  ]],
  ["without chunker parameters the common flags stay", "copy", {
    profile: {
      "insecure-tls": true,
      "limit-upload": 5,
      copy: { ...TO, snapshot: [], "limit-upload": 7, "initialize-copy-chunker-params": false },
    },
  }, [
    "init --insecure-tls --limit-upload=7 --password-file=k2 --repo=local:two",
    "copy --from-repo=local:repo --insecure-tls --limit-upload=7 --password-file=k2 --repo=local:two --tag=t",
  ]],
  ["copy between two repositories of the section", "copy", {
    profile: { repository: undefined, copy: { ...TO, ...FROM, "password-file": "k3", snapshot: [] } },
  }, [
    "init --copy-chunker-params --from-password-file=k2 --from-repo=local:src --password-file=k3 --repo=local:two",
    "copy --from-password-file=k2 --from-repo=local:src --password-file=k3 --repo=local:two --tag=t",
  ]],
  ["the same before restic 0.14", "copy", {
    restic: "0.13.0",
    profile: { repository: undefined, copy: { ...TO, ...FROM, "password-file": "k3", snapshot: [] } },
  }, [
    "init --copy-chunker-params --password-file=k3 --password-file2=k2 --repo=local:two --repo2=local:src",
    "copy --password-file=k2 --password-file2=k3 --repo=local:src --repo2=local:two --tag=t",
  ]],
  ["what the profile lacks of the source is the section's", "copy", {
    profile: { "key-hint": "h", copy: { ...TO, initialize: false, "from-password-command": "c", snapshot: [] } },
  }, [
    "copy --from-key-hint=h --from-password-command=c --from-repo=local:repo --password-file=k2 --repo=local:two --tag=t",
  ]],
  ["copy from a repository without a password", "copy", {
    profile: { "insecure-no-password": true, copy: { ...TO, snapshot: [] } },
  }, [
    "init --copy-chunker-params --from-insecure-no-password --from-repo=local:repo --password-file=k2 --repo=local:two",
    "copy --from-insecure-no-password --from-repo=local:repo --password-file=k2 --repo=local:two --tag=t",
  ]],
  ["copy to a repository without a password", "copy", {
    profile: { "password-file": "k1", copy: { repository: "local:two", "insecure-no-password": true } },
  }, ["copy --from-password-file=k1 --from-repo=local:repo --insecure-no-password --repo=local:two"]],
  ["copy from the section's repository", "copy", { profile: { copy: { ...FROM, initialize: true } } }, [
    "init --copy-chunker-params --from-password-file=k2 --from-repo=local:src --repo=local:repo",
    "copy --from-password-file=k2 --from-repo=local:src --repo=local:repo",
  ]],
  ["without a second repository restic may take its variables", "copy", { profile: { copy: { tag: "t" } } }, [
    "copy --repo=local:repo --tag=t",
  ]],
  ["init with chunker parameters", "init", { profile: { init: { ...FROM, "copy-chunker-params": true } } }, [
    "init --copy-chunker-params --from-password-file=k2 --from-repo=local:src --repo=local:repo",
  ]],
  ["init before restic 0.14", "init", { restic: "0.13.0", profile: { init: FROM } }, [
    "init --password-file2=k2 --repo=local:repo --repo2=local:src",
  ]],
  ["a password in the URL goes into a file", "ls", { profile: { repository: URL } }, [
    `ls <--repository-file: ${URL}>`,
  ]],
  ["the user's repository replaces one with a password", "backup --repo other", {
    profile: { repository: URL, backup: { "check-before": true } },
  }, ["check --repo other", "backup --repo other"]],
  ["by its short name, too", "ls -rother", { profile: { repository: URL } }, ["ls -rother"]],
  ["and a file that the user names", "ls --repository-file f", { profile: { repository: URL } }, [
    "ls --repository-file f",
  ]],
  ["or a file that is configured", "ls -r other", { profile: { repository: false, "repository-file": "f" } }, [
    "ls -r other",
  ]],
  ["restic lets the later of two flags win by itself", "ls -r other", {}, ["ls --repo=local:repo -r other"]],
  ["the user's source of a copy replaces one with a password", "copy --from-repo other", {
    profile: { copy: { "from-repository": URL } },
  }, ["copy --repo=local:repo --from-repo other"]],
  ["also of the repositories of copy", "copy", {
    profile: { repository: URL, copy: { repository: "s3:https://a:b:c@host/x" } },
  }, [`copy <--from-repository-file: ${URL}> <--repository-file: s3:https://a:b:c@host/x>`]],
  ["and of sections, in place of the profile's", "check", {
    profile: { repository: URL, check: { repository: "local:x" } },
  }, ["check --repo=local:x"]],
  ["not before restic 0.11", "ls", { restic: "0.10.0", profile: { repository: URL } }, [`ls --repo=${URL}`]],
  ["not a user name without password", "ls", { profile: { repository: "rest:https://user@host/" } }, [
    "ls --repo=rest:https://user@host/",
  ]],
  ["not when it is switched off", "ls", {
    profile: { repository: URL },
    global: { "prevent-auto-repository-file": true },
  }, [`ls --repo=${URL}`]],
  ["not when RESTIC_REPOSITORY is set", "ls", {
    profile: { repository: URL },
    facts: { environment: { RESTIC_REPOSITORY: "x" } },
  }, [`ls --repo=${URL}`]],
  ["unless it is forced", "ls", {
    profile: { repository: URL },
    global: { "prevent-auto-repository-file": false },
    facts: { environment: { RESTIC_REPOSITORY: "x" } },
  }, [`ls <--repository-file: ${URL}>`]],
];

for (const [name, commandLine, options, lines] of ROWS) {
  Deno.test(name, () => assertEquals(planned(commandLine, options).lines, lines));
}

Deno.test("what a copy says of its source and the profile says too is named, whichever way each says it", () => {
  const profile = { "password-command": "c", copy: { repository: "local:two", ...FROM } };
  const { lines, notes } = planned("copy", { profile });
  assertEquals(lines, ["copy --from-password-command=c --from-repo=local:repo --repo=local:two"]);
  assertEquals(notes.map(({ severity, message, at }) => [severity, message.split(" ")[0], at?.line, at?.column]), [
    ["warning", '"default.copy.from-repository"', 3, 5],
    ["warning", '"default.copy.from-password-file"', 4, 5],
  ]);
});
