import { assertEquals } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { runTool } from "../support/tool.ts";

/** A crontab program with one table in the folder, that takes its time between reading and writing. */
const CRONTAB = `#!/bin/sh
case $1 in
-l) [ -f table ] || { echo no crontab for tester >&2; exit 1; }; cat table; sleep 0.1;;
-) cat > table;;
esac
`;
const NAMES = ["a", "b", "c", "d"];
const PROFILES = NAMES.map((name) =>
  `${name}: {repository: r, backup: {schedule: daily, schedule-permission: user}}\n`
);

for (const scheduler of ["crond", "crontab:-:table"]) {
  Deno.test(`schedules that are made at the same time are all in the table (${scheduler})`, async () => {
    using folder = makeFolder({
      "bin/crontab": CRONTAB,
      "profiles.yaml": `global: {scheduler: "${scheduler}"}\n${PROFILES.join("")}`,
    });
    const ends = await Promise.all(NAMES.map((name) => runTool(folder, ["-n", name, "schedule"])));
    assertEquals(ends.map(({ code }) => code), [0, 0, 0, 0]);
    const jobs = folder.read("table")?.matchAll(/run-schedule backup@(\w)$/gm) ?? [];
    assertEquals(Array.from(jobs, ([, name]) => name).sort(), NAMES);
  });
}
