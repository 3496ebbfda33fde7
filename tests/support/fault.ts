/** Tables of what goes wrong around a run, and what must be true nevertheless: each row names the fault and the promise. */
import { type Folder, makeFolder } from "./folder.ts";
import { type ResticReply, type StandInRestic, standInRestic } from "./restic.ts";
import { type Ended, type Launch, runTool } from "./tool.ts";

export interface Scene {
  readonly folder: Folder;
  readonly restic: StandInRestic;
  backup(launch?: Launch, ...flags: string[]): Promise<Ended>;
}

export interface Fault {
  readonly fault: string;
  readonly promise: string;
  /** Lines of the profile, whose failure hook writes status and error into `failed`. */
  readonly profile?: string;
  /** What the stand-in restic does for `backup`. */
  readonly restic?: ResticReply;
  readonly files?: Readonly<Record<string, string>>;
  readonly check: (scene: Scene) => Promise<void>;
}

export function testFaults(faults: readonly Fault[]): void {
  for (const { fault, promise, profile = "", restic = {}, files = {}, check } of faults) {
    Deno.test(`when ${fault}: ${promise}`, async () => {
      using folder = makeFolder({ "profiles.toml": configuration(profile), ...files });
      await check({
        folder,
        restic: standInRestic(folder, { backup: restic }),
        backup: (launch = {}, ...flags) => runTool(folder, [...flags, "backup"], launch),
      });
    });
  }
}

function configuration(lines: string): string {
  return `
[default]
${lines.includes("lock =") ? "" : 'lock = "default.lock"'}
force-inactive-lock = true
run-after-fail = "echo $ERROR_EXIT_CODE $ERROR > failed"
${lines}
[default.backup]
source = "/source"
`;
}

/** Names of the lock and of what belongs to it. */
export function locks({ path }: Folder): string[] {
  return [...Deno.readDirSync(path)].map(({ name }) => name).filter((name) => name.startsWith("default.lock"));
}
