import { assertEquals } from "@std/assert";
import type { Summary } from "../../src/model/outcome.ts";
import { summaryReader } from "../../src/run/summary.ts";

const NONE: Summary = {
  filesNew: 0,
  filesChanged: 0,
  filesUnmodified: 0,
  dirsNew: 0,
  dirsChanged: 0,
  dirsUnmodified: 0,
  filesTotal: 0,
  bytesAdded: 0,
  bytesAddedPacked: 0,
  bytesTotal: 0,
};

for (
  const { name, form, text, found } of [
    {
      name: "restic 0.18",
      form: "plain",
      text: `
Files:           2 new,     2 changed,     5 unmodified
Dirs:            1 new,     2 changed,     0 unmodified
Added to the repository: 4.879 MiB (490.857 KiB stored)

processed 9 files, 15.736 MiB in 0:00
snapshot b9ebb4eb saved`,
      found: {
        filesNew: 2,
        filesChanged: 2,
        filesUnmodified: 5,
        dirsNew: 1,
        dirsChanged: 2,
        dirsUnmodified: 0,
        filesTotal: 9,
        bytesAdded: 5116002,
        bytesAddedPacked: 502638,
        bytesTotal: 16500392,
      },
    },
    { name: "padded columns", form: "plain", text: "Added to the repository: 0 B   (0 B   stored)", found: {} },
    {
      name: "sizes in KiB",
      form: "plain",
      text: "Added to the repository: 1.234 KiB (1.5 TiB stored)",
      found: { bytesAdded: 1264, bytesAddedPacked: 1649267441664 },
    },
    {
      name: "restic before 0.14",
      form: "plain",
      text: "Added to the repo: 1.2 MiB",
      found: { bytesAdded: 1258291 },
    },
    {
      name: "a dry run",
      form: "plain",
      text: "Would add to the repository: 1 GiB (2 B stored)",
      found: { bytesAdded: 1073741824, bytesAddedPacked: 2 },
    },
    {
      name: "an old dry run",
      form: "plain",
      text: "Would add to the repo: 3 B",
      found: { bytesAdded: 3 },
    },
    { name: "no summary", form: "plain", text: "open repository\nno Files: 1 new", found: undefined },
    {
      name: "JSON",
      form: "json",
      text:
        '{"message_type":"status","percent_done":1}\n\r\x1b[2K{"message_type":"summary","files_new":1,"dirs_changed":5,"data_added":10470000000,"data_added_packed":741,"total_files_processed":7,"total_bytes_processed":1099511627776}',
      found: {
        filesNew: 1,
        dirsChanged: 5,
        filesTotal: 7,
        bytesAdded: 10470000000,
        bytesAddedPacked: 741,
        bytesTotal: 1099511627776,
      },
    },
    {
      name: "JSON without packed size, keys in another order",
      form: "json",
      text: '{"data_added":5, "message_type": "summary"}',
      found: { bytesAdded: 5 },
    },
    {
      name: "JSON that mentions a summary",
      form: "json",
      text: '{"message_type":"verbose_status","item":"summary"}\nsummary "summary"',
      found: undefined,
    },
  ] as const
) {
  Deno.test(`summaryReader() reads ${name}`, () => {
    const reader = summaryReader(form);
    text.split("\n").forEach(reader.read);
    assertEquals(reader.summary(), found && { ...NONE, ...found });
  });
}
