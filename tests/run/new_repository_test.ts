import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ResticStep } from "../../src/model/plan.ts";
import type { FakeFile } from "../support/fake_files.ts";
import { resticStep } from "../support/job.ts";
import { runSteps } from "../support/run_steps.ts";

const UNASKED = { isAsked: false, isDoubtful: false };

function init(repo: string, more: Partial<ResticStep> = {}): ResticStep {
  const args = repo === "" ? ["init"] : ["init", `--repo=${repo}`];
  return resticStep("init", { args, onError: "ignore", quiet: true, newRepository: UNASKED, ...more });
}

const MACHINE: Record<string, FakeFile> = {
  "/proc/self/mountinfo": "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 8:2 / /mnt/there rw - ext4 /dev/sdb rw\n" +
    "31 22 8:3 / /mnt/with\\040blank rw - ext4 /dev/sdc rw\n",
  "/etc/fstab":
    "# /dev/x /srv ext4\nUUID=1 / ext4 defaults 0 1\nUUID=2 /mnt/usb/ ext4 noauto\nUUID=3 /mnt/there ext4\n" +
    "LABEL=x /mnt/with\\040blank ext4\nLABEL=y /mnt/no\\040disk ext4\nUUID=4 none swap sw\n",
  "/etc/systemd/system/data-nas.mount": "[Mount]\nWhat=nas:/x\nWhere=/data/nas\n",
  "/mnt/usb/placeholder": "",
  "/link": { link: "/mnt/usb" },
  "/old/repo/config": "",
  "/old/repo/data/": "",
  "/old/repo/keys/": "",
  "/mnt/usb/repo/config": "",
  "/mnt/usb/repo/data/": "",
  "/mnt/usb/repo/keys/": "",
  "/no/repo/config": "",
  "/work/repository": "/old/repo/sub\n",
};

for (
  const [what, step, told] of [
    ["a folder of its own", init("/new"), undefined],
    ["another backend", init("sftp:host:/mnt/usb/x"), undefined],
    ["inside of a repository", init("/old/repo/home"), '"/old/repo/home" is inside of another repository, "/old/repo"'],
    ["deep inside of a repository", init("local:/old/repo/data/x/y"), '"/old/repo"'],
    ["relative, inside of a repository", init("../old/repo/x"), '"/old/repo"'],
    [
      "a file that names one inside of a repository",
      init("", {
        args: ["init", "--repository-file=repository"],
      }),
      '"/old/repo"',
    ],
    ["by a flag of the user", init("/new", { args: ["init", "--repo=/new", "-r", "/old/repo/x"] }), '"/old/repo"'],
    ["where a repository is already", init("/old/repo"), undefined],
    ["below a folder with a config of another kind", init("/no/repo/x"), undefined],
    ["below a disk that is not mounted", init("/mnt/usb/new"), '"/mnt/usb", which is not mounted'],
    ["at a disk that is not mounted", init("/mnt/usb"), '"/mnt/usb", which is not mounted'],
    ["beside that disk", init("/mnt/usb2/x"), undefined],
    ["behind a link to that disk", init("/link/new"), '"/mnt/usb", which is not mounted'],
    ["a disk with a blank in its name", init("/mnt/no disk/x"), '"/mnt/no disk", which is not mounted'],
    ["below disks that are mounted", init("/mnt/there/x"), undefined],
    ["below mounted disks with a blank", init("/mnt/with blank/x"), undefined],
    ["below a mount unit", init("/data/nas/x"), '"/data/nas", which is not mounted'],
    ["a repository below a disk that is not mounted", init("/mnt/usb/repo"), undefined],
    [
      "a doubtful path",
      init("/new", { newRepository: { isAsked: false, isDoubtful: true } }),
      "may name another place",
    ],
    ["a doubtful address", init("s3:x/y", { newRepository: { isAsked: false, isDoubtful: true } }), "may name another"],
    [
      "a doubtful path that is a repository",
      init("/old/repo", {
        newRepository: { isAsked: false, isDoubtful: true },
      }),
      undefined,
    ],
  ] as const
) {
  Deno.test(`init by initialize, ${told === undefined ? "made" : "not made"}: ${what}`, async () => {
    const { lines, messages, exitStatus } = await runSteps([step, resticStep("check")], {}, { files: MACHINE });
    assertEquals([lines.at(-1), lines.length, exitStatus], ["check", told === undefined ? 2 : 1, 0]);
    const warnings = messages().filter((message) => message.startsWith("warning:"));
    assertEquals(warnings.length, told === undefined ? 0 : 1);
    if (told !== undefined) assertStringIncludes(warnings[0] ?? "", told);
  });
}

Deno.test("init by initialize looks at the repository of the environment too", async () => {
  const environment = { files: [], variables: [], fixed: [["RESTIC_REPOSITORY", "/old/repo/x"]] as const };
  const { lines } = await runSteps([init("")], { environment }, { files: MACHINE });
  assertEquals(lines, []);
});

Deno.test("an init that the user typed is performed, with a warning", async () => {
  const step = init("/old/repo/x", { newRepository: { isAsked: true, isDoubtful: false } });
  const { lines, messages } = await runSteps([step], {}, { files: MACHINE });
  assertEquals(lines, ["init --repo=/old/repo/x"]);
  assertEquals(messages().filter((message) => message.startsWith("warning:")).length, 1);
});

Deno.test("a system that does not list its mounts is not asked for disks", async () => {
  const { "/proc/self/mountinfo": _, ...files } = MACHINE;
  assertEquals((await runSteps([init("/mnt/usb/new")], {}, { files })).lines, ["init --repo=/mnt/usb/new"]);
});
