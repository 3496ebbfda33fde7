import { assertEquals, assertStringIncludes } from "@std/assert";
import { checkFlags } from "../../src/checks/flag_value_check.ts";
import { configuration } from "../support/configuration.ts";

async function told(yaml: string): Promise<string[]> {
  const { profile, diagnostics } = await (await configuration(yaml)).profile("p");
  return [...checkFlags(profile), ...diagnostics].map(({ at, severity, message, hint = "" }) =>
    `${at?.line}:${at?.column} ${severity}: ${message} ${hint}`
  );
}

const REFUSED = [
  [
    "p: {no-cache: 'yes'}",
    'error: restic refuses "p.no-cache": wanted true or false, found the text "yes" Did you',
    "true?",
  ],
  ["p: {backup: {exclude-caches: On}}", 'refuses "p.backup.exclude-caches": wanted true or false', "true?"],
  ["p: {forget: {prune: n}}", "wanted true or false", "mean false?"],
  ["p: {check: {read-data: 2}}", "wanted true or false, found the number 2", ""],
  ["p: {retention: {keep-last: few}}", "wanted a whole number", ""],
  ["p: {forget: {keep-daily: 7 days}}", "wanted a whole number", "mean 7?"],
  ["p: {forget: {keep-weekly: 1.5}}", "found the number 1.5", ""],
  ["p: {forget: {keep-within-weekly: 2 weeks}}", 'like "2y5m7d3h"', 'mean "14d"?'],
  ["p: {forget: {keep-within: 3}}", "found the number 3", 'mean "3d"?'],
  ["p: {limit-download: true}", 'Cannot use true for "p.limit-download": the flag wants a value', ""],
  ["p: {retry-lock: 5}", "wanted a duration with units", 'mean "5s"?'],
  ["p: {stuck-request-timeout: 5 minutes}", "wanted a duration with units", 'mean "5m"?'],
  ["p: {prune: {max-unused: 5 percent}}", "a percentage", 'mean "5%"?'],
  ["p: {check: {read-data-subset: [3/]}}", '1:32 error: restic refuses "p.check.read-data-subset"', ""],
  ["p: {backup: {exclude-larger-than: 2 GiB}}", "wanted a size", 'mean "2G"?'],
  ["p: {compression: of}", "warning: restic refuses", 'mean "off"?'],
  ["p: {option: 'rest.x=1,2'}", 'warning: restic cuts "p.option" at a comma: ",2"', `Write '"rest.x=1,2"'`],
] as const;

for (const [yaml, wanted, hint] of REFUSED) {
  Deno.test(`checkFlags() tells what restic refuses in ${yaml}`, async () => {
    const found = await told(yaml);
    assertEquals(found.length, 1);
    assertStringIncludes(found[0]!, wanted);
    assertStringIncludes(found[0]!, hint);
  });
}

const TAKEN = [
  "p: {no-cache: 'true', no-lock: false, insecure-tls: 1}",
  "p: {forget: {keep-last: unlimited, keep-daily: '7', keep-within: 1y2m3d4h, tag: true, host: true, path: true, keep-hourly: 0}}",
  "p: {retry-lock: 1h30m, pack-size: 64, limit-upload: $LIMIT, compression: max}",
  "p: {check: {read-data-subset: 2.5%}, prune: {max-unused: unlimited, max-repack-size: 2G}}",
  "p: {option: ['s3.a=1,s3.b=2', '\"sftp.args=-o A=b,c\"', 'sftp.args=-i \"/a,b\"']}",
  "p: {check: {keep-within: nothing for check}, one-day: what it takes}",
];

for (const yaml of TAKEN) {
  Deno.test(`checkFlags() has nothing to say about ${yaml}`, async () => {
    assertEquals((await told(yaml)).filter((text) => /refuses|cuts/.test(text)), []);
  });
}

for (
  const [name, list] of [
    ["a comment", "#recycle"],
    ["an anchor", "&x"],
    ["a tilde", "~"],
    ["null", "null"],
    ["nothing", ""],
  ] as const
) {
  for (const key of ["exclude", "source", "run-before", "exclude-xattr"]) {
    Deno.test(`An item of "${key}" that YAML reads as ${name} is told`, async () => {
      const found = await told(`p:\n  backup:\n    ${key}:\n      - one\n      - ${list}\n`);
      assertEquals(found.length, 1);
      assertStringIncludes(found[0]!, `warning: An item of "p.backup.${key}" is empty (null): it is left out Quote`);
      assertStringIncludes(found[0]!, "5:");
    });
  }
}
