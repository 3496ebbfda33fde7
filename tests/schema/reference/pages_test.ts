import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { GLOBAL_KEYS } from "../../../src/schema/global_keys.ts";
import { knownRelease } from "../../../src/schema/known_release.ts";
import { PROFILE_KEYS } from "../../../src/schema/profile_keys.ts";
import { referenceDocument, referencePages, sitePage } from "../../../src/schema/reference/pages.ts";
import { TYPE_NAMES } from "../../../src/schema/reference/rows.ts";
import { sectionKeys } from "../../../src/schema/section_keys.ts";
import { sectionNames } from "../../../src/schema/section_names.ts";

function bodyOf(path: string, release?: string): string {
  const version = release === undefined ? undefined : knownRelease(release)?.version;
  return referencePages(version).find((page) => page.path === path)!.body;
}

/** Names in the first column of the tables of a page. */
function namesIn(body: string): string[] {
  return [...body.matchAll(/^\| ~{0,2}`([\w-]+)`~{0,2} \|/gm)].map(([, name]) => name!);
}

Deno.test("the reference has a page for each section and each nested table, and no path twice", () => {
  const paths = referencePages(undefined).map(({ path }) => path);
  assertEquals(new Set(paths).size, paths.length);
  const fixed = ["_index.md", "global.md", "groups.md", "value-types.md", "json-schema.md", "profile/_index.md"];
  const nested = ["_index", "http-hook", "header", "stream-error", "schedule"].map((name) => `nested/${name}.md`);
  for (const path of [...fixed, ...nested, ...sectionNames().map((name) => `profile/${name}.md`)]) {
    assert(paths.includes(path), path);
  }
});

for (
  const [path, keys] of [
    ["global.md", GLOBAL_KEYS],
    ["profile/_index.md", PROFILE_KEYS],
    ["profile/backup.md", sectionKeys("backup")],
    ["profile/retention.md", sectionKeys("retention")],
  ] as const
) {
  Deno.test(`${path} tells every key once`, () => {
    const names = namesIn(bodyOf(path));
    assertEquals(Object.keys(keys).filter((key) => !names.includes(key)), []);
    assertEquals(new Set(names).size, names.length);
  });
}

Deno.test("a row has name, type, default and notes", () => {
  const rows = [
    "| `nice` | integer | `0` | Niceness of restic and hooks, unless priority is set. From -20 to 19 |",
    "| `send-timeout` | duration | `30s` | Limit of one HTTP hook; 0: none |",
  ];
  for (const row of rows) assertStringIncludes(bodyOf("global.md"), row);
  assert(/^\| ~~`legacy-arguments`~~ \| boolean \|.*Deprecated: /m.test(bodyOf("global.md")));
  assert(/^\| `method` \| text \| `GET` \| HTTP method\. Examples: `GET`/m.test(bodyOf("nested/http-hook.md")));
  assert(/^\| `send-after` \| list of tables: \*HTTP hook\* \|/m.test(bodyOf("profile/backup.md")));
  assert(/^\| `read-concurrency` \| text \| `0` \| .*Since restic 0\.15\.0 \|$/m.test(bodyOf("profile/backup.md")));
});

Deno.test("every row has four cells, whatever the texts hold", () => {
  for (const { path, body } of referencePages(undefined)) {
    const rows = body.split("\n").filter((line) => line.startsWith("| `") || line.startsWith("| ~~"));
    if (path === "_index.md" || path === "value-types.md") continue;
    for (const row of rows) assertEquals(row.replaceAll("\\|", "").split("|").length, 6, `${path}: ${row}`);
  }
});

Deno.test("the reference for one restic has its flags alone", () => {
  assert(namesIn(bodyOf("profile/backup.md")).includes("skip-if-unchanged"));
  assert(!namesIn(bodyOf("profile/backup.md", "0.16")).includes("skip-if-unchanged"));
  assert(!namesIn(bodyOf("profile/_index.md", "0.13")).includes("compression"));
});

Deno.test("value-types.md explains every type", () => {
  const body = bodyOf("value-types.md");
  for (const name of Object.values(TYPE_NAMES)) {
    if (name !== TYPE_NAMES.schedule) assertStringIncludes(body, `| ${name} |`); // made of two that are explained
  }
});

Deno.test("one document has one title, a page of a site a front matter", () => {
  const pages = referencePages(undefined);
  assertEquals([...referenceDocument(pages).matchAll(/^# .+$/gm)].map(([title]) => title), [
    "# Configuration reference",
  ]);
  assertEquals(
    sitePage({ path: "a.md", title: "A", body: "text\n" }, 3, "2026-01-02"),
    '---\ntitle: "A"\ndate: 2026-01-02\nweight: 3\n---\n\ntext\n',
  );
});
