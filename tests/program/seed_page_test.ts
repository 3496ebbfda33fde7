/**
 * The examples of the HTTP hooks page, in its four formats, with real restics: the same requests whatever the format. The texts
 * are those of the conformance cases (`hooks/seed-…`); only addresses and the source folder are made local.
 */

import { assertEquals } from "@std/assert";
import { allCaseFiles } from "../support/case_files.ts";
import { type Folder, makeFolder } from "../support/folder.ts";
import { type Received, startReceiver } from "../support/receiver.ts";
import { runTool } from "../support/tool.ts";

const FORMATS = ["toml", "yaml", "hcl", "json"] as const;
const RELEASES = ["0.14", "0.19"] as const;
const BACKUP = "831e288e-1293-46f8-ac31-70ea7f875650";
const CHECK = "e0f62e41-b75f-450f-8cdd-7f25e466d2dc";

/** restic 0.19 refuses the example's retention, which says after-backup but not what to keep. */
const AFTER_BACKUP = {
  "0.14": [`HEAD /${BACKUP}`, "HEAD /500"],
  "0.19": [`POST /${BACKUP}/fail`],
} as const;

for (const release of RELEASES) {
  for (const format of FORMATS) {
    Deno.test(`seed page: healthchecks.io in ${format} with restic ${release}`, async () => {
      await using receiver = startReceiver({ "/400": { status: 400 }, "/500": { status: 500 } });
      using folder = await repository(release);
      folder.write({
        [`profiles.${format}`]: example(`hooks/seed-healthchecks-${format}.txtar`, format, folder, receiver.url),
      });
      const run = (...args: string[]) => runTool(folder, args, { env: access(folder) });
      const requestsOf = async (...args: string[]) => {
        const before = receiver.requests.length;
        await run(...args);
        return receiver.requests.slice(before).map(lineOf);
      };
      assertEquals(await requestsOf("profile.backup"), [
        `HEAD /${BACKUP}/start`,
        "HEAD /400",
        ...AFTER_BACKUP[release],
      ]);
      assertEquals(await requestsOf("-n", "profile", "check"), [`HEAD /${CHECK}/start`, `HEAD /${CHECK}`]);
      Deno.renameSync(`${folder.path}/repository`, `${folder.path}/elsewhere`);
      assertEquals((await run("profile.backup")).code, 1);
      const { body, headers } = receiver.requests.at(-1)!;
      const [, stderr = ""] = /^backup on profile 'profile': exit status \d+\n\n(?=(Fatal|\{))([^]*)$/.exec(body) ?? [];
      assertEquals(lineOf(receiver.requests.at(-1)!), `POST /${BACKUP}/fail`);
      assertEquals(headers["content-type"], "text/plain; charset=UTF-8");
      assertEquals(stderr, "Fatal", body);
    });

    Deno.test(`seed page: body template in ${format} with restic ${release}`, async () => {
      await using receiver = startReceiver();
      using folder = await repository(release);
      const name = { toml: "one", yaml: "two", hcl: "three", json: "four" }[format];
      folder.write({
        [`${name}.${format}`]: example("hooks/seed-body-template.txtar", format, folder, receiver.url),
        "body-template.json": caseFile("hooks/seed-body-template.txtar", "body-template.json"),
      });
      for (const source of ["repository", "nowhere"]) {
        await runTool(folder, ["-c", `${name}.${format}`, "-n", "profile", "backup"], { env: access(folder, source) });
      }
      const failed = release === "0.19" ? "10" : "1";
      assertEquals(receiver.requests.map(({ method, body }) => [method, JSON.parse(body).exitCode]), [
        ["POST", ""],
        ["POST", failed],
      ]);
    });
  }
}

function lineOf({ method, target }: Received): string {
  return `${method} ${target}`;
}

/** A folder with an empty repository, and a restic of that release first on the PATH. */
async function repository(release: string): Promise<Folder> {
  const script = new URL("../../scripts/restic", import.meta.url).pathname;
  const { stdout } = await new Deno.Command("sh", { args: [script, release] }).output();
  const restic = new TextDecoder().decode(stdout).trim();
  const folder = makeFolder({ "source/letter.txt": "Dear Ada" });
  Deno.mkdirSync(`${folder.path}/bin`);
  Deno.symlinkSync(restic, `${folder.path}/bin/restic`);
  await new Deno.Command(restic, { args: ["init"], env: access(folder) }).output();
  return folder;
}

function access({ path }: Folder, repository = "repository"): Record<string, string> {
  return { RESTIC_REPOSITORY: `${path}/${repository}`, RESTIC_PASSWORD: "correct horse" };
}

function example(name: string, format: string, { path }: Folder, receiver: string): string {
  const file = allCaseFiles().find((each) => each.name === name);
  const wanted = file?.configurations.find((each) => each.format === format && each.path !== "body-template.json");
  return caseFile(name, wanted!.path).replaceAll("http://host", receiver).replaceAll('"/source"', `"${path}/source"`);
}

function caseFile(name: string, path: string): string {
  return allCaseFiles().find((each) => each.name === name)!.files[path]!;
}
