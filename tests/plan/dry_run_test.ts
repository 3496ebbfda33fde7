import { assertEquals } from "@std/assert";
import { masker } from "../../src/model/mask.ts";
import { dryRunLines } from "../../src/plan/dry_run.ts";
import { planned } from "../support/planned_job.ts";

Deno.test("dryRunLines() shows every process and request in order, quoted, without secrets", () => {
  const environment = { NAME: "a b", API_TOKEN: "t0psecret" };
  const { job } = planned("backup", {
    flags: { lockWaitMs: 300_000 },
    profile: {
      repository: "rest:https://user:s3 cret@host/",
      "run-before": "curl t0psecret",
      "run-after-fail": "never",
      backup: {
        "stdin-command": "dump",
        tag: ["$NAME", "né"],
        "send-before": { url: "http://x" },
        "check-after": true,
      },
    },
  });
  const lines = dryRunLines(job, {
    environment,
    sourceWords: () => [],
    mask: masker(environment),
    showHttp: ({ phase }) => `GET for ${phase}`,
  });
  const repository = "--repo=rest:https://user:×××@host/ --retry-lock=3m";
  assertEquals(lines, [
    "dry-run: curl ×××",
    "dry-run: GET for send-before",
    "dry-run: dump",
    `dry-run: restic backup ${repository} --stdin '--tag=a b' --tag=né`,
    `dry-run: restic check ${repository}`,
  ]);
});
