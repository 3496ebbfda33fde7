/** systemd: a service and a timer for each job, of the system or of the user's own service manager. */
import type { UnitFacts } from "../model/unit_facts.ts";
import { maskVariable } from "../model/mask.ts";
import type { World } from "../platform/world.ts";
import { type Action, type RunAction, ScheduleError, type WriteAction } from "./action.ts";
import type { Job, JobName, Permission, RegisteredJob } from "./job.ts";
import type { Decision, InstallOptions, Listing, Scheduler } from "./scheduler.ts";
import { systemctl } from "./systemctl.ts";
import { dropInActions, dropInFolders } from "./systemd_drop_ins.ts";
import { unitName, unitPattern } from "./systemd_names.ts";
import { readUnits } from "./systemd_read.ts";
import { serviceText, timerText, unitFacts, type UnitSettings } from "./systemd_units.ts";
import type { User } from "./user.ts";

const SYSTEM_FOLDER = "/etc/systemd/system";

export function systemd(settings: UnitSettings, user: User, world: World): Scheduler {
  const units = unitKinds(user, world);
  const kindOf = (permission: Permission) => permission === "user_logged_on" ? units.user : units.system;
  return {
    name: "systemd",
    guess: user.isRoot ? "system" : "user_logged_on",
    tellsGuess: true,
    allow(permission) {
      if (permission === "user_logged_on" || user.isRoot) return;
      throw new ScheduleError(
        `Cannot schedule with the permission "${permission}": use sudo, or the permission "user_logged_on"`,
      );
    },
    install(job, options) {
      const kind = kindOf(job.permission);
      refuse(job, user);
      const other = kind === units.user ? units.system : units.user;
      const replaced = world.files.stat(`${other.folder}/${unitName(job)}.timer`) ? removal(unitName(job), other) : [];
      const { actions, warnings } = files(job, unitFacts(job, settings, user, world.env), { settings, kind, world });
      return Promise.resolve({ actions: [...replaced, ...actions, ...activation(job, kind, options)], warnings });
    },
    list() {
      const found = [readUnits(units.system.folder, false, world), readUnits(units.user.folder, true, world)];
      const all = <T>(pick: (listing: Listing) => readonly T[]) => found.flatMap(pick);
      return Promise.resolve({ jobs: all(({ jobs }) => jobs), warnings: all(({ warnings }) => warnings) });
    },
    remove: (job) =>
      Promise.resolve(removal(job.id, kindOf(job.permission), hasTimer(job, kindOf(job.permission), world))),
    finishRemoval: (removed) =>
      [...new Set(removed.map(({ permission }) => kindOf(permission)))].map((kind) =>
        kind.systemctl(["daemon-reload", ...kind.flags])
      ),
    status: (job) => status(job, kindOf(job.permission), user),
    statusSummary(name) {
      const { flags, systemctl } = user.isRoot ? units.system : units.user;
      const show = (output: string) => /^0 timers listed/m.test(output) ? "" : output;
      const args = ["list-timers", "--all", "--no-pager", `${unitPattern(name)}.timer`, ...flags];
      return [{ ...systemctl(args), onFailure: "ignore", show }];
    },
  };
}

interface UnitKind {
  readonly folder: string;
  readonly systemctl: (args: readonly string[]) => RunAction;
  /** For systemctl. */
  readonly flags: readonly string[];
  readonly file: Pick<WriteAction, "folderMode" | "owner">;
}

function unitKinds(user: User, { files }: World): { readonly system: UnitKind; readonly user: UnitKind } {
  const { home, isSudo, name, uid, gid } = user;
  const call = (args: readonly string[]) => systemctl(args, files);
  return {
    system: { folder: SYSTEM_FOLDER, systemctl: call, flags: [], file: {} },
    user: {
      systemctl: call,
      folder: `${home}/.config/systemd/user`,
      flags: isSudo ? ["--user", "-M", `${name}@`] : ["--user"],
      file: { folderMode: 0o700, owner: isSudo ? { uid, gid } : undefined },
    },
  };
}

function refuse({ afterNetworkOnline, permission, command, name }: Job, user: User): void {
  if (permission === "user" && user.name === "") {
    throw new ScheduleError('Cannot schedule with the permission "user": the user has no name in the user database');
  }
  // the user's service manager knows no targets of the system
  if (!afterNetworkOnline || permission !== "user_logged_on") return;
  throw new ScheduleError(
    `Cannot schedule ${command}@${name} with schedule-after-network-online: the permission "${permission}" has no such ` +
      'target, use "system" or "user"',
  );
}

interface Surroundings {
  readonly settings: UnitSettings;
  readonly kind: UnitKind;
  readonly world: World;
}

/** Both texts are made before anything is written. */
function files(job: Job, facts: UnitFacts, { settings, kind, world }: Surroundings): Decision {
  const unit = `${kind.folder}/${unitName(job)}`;
  const service = (settings.service ?? serviceText)(facts);
  const timer = (settings.timer ?? timerText)(facts);
  const secrets = job.environment.filter(([name, value]) => maskVariable(name, value) !== value).map(([name]) => name);
  const dropIns = dropInActions(job.dropInFiles, unit, kind.file, world);
  const mode = secrets.length > 0 ? 0o600 : 0o644;
  return {
    actions: [
      { kind: "write", path: `${unit}.service`, text: service, mode, ...kind.file },
      { kind: "write", path: `${unit}.timer`, text: timer, mode: 0o644, ...kind.file },
      ...dropIns.actions,
    ],
    warnings: [...secrets.map(secretWarning), ...dropIns.warnings],
  };
}

function secretWarning(name: string): string {
  return `The secret ${name} is written into the unit, which only its owner may read: better leave it out of ` +
    "schedule-capture-environment, and set it in env-file or password-file";
}

function activation(job: JobName, { flags, systemctl }: UnitKind, { start, reload }: InstallOptions): RunAction[] {
  const timer = `${unitName(job)}.timer`;
  return [
    ...reload ? [systemctl(["daemon-reload", ...flags])] : [],
    systemctl([...flags, "--no-pager", "--quiet", ...start ? ["--now"] : [], "enable", timer]),
    { ...systemctl([...flags, "--no-pager", "status", timer]), onFailure: "ignore", show: (output) => output },
  ];
}

function hasTimer({ id }: RegisteredJob, { folder }: UnitKind, { files }: World): boolean {
  return files.stat(`${folder}/${id}.timer`) !== undefined;
}

/** @param withTimer systemctl fails for a timer that is not there */
function removal(id: string, { folder, flags, systemctl }: UnitKind, withTimer = true): Action[] {
  const unit = `${folder}/${id}`;
  return [
    ...withTimer ? [systemctl([...flags, "--no-pager", "--now", "--quiet", "disable", `${id}.timer`])] : [],
    ...[`${unit}.timer`, `${unit}.service`, ...dropInFolders(unit)].map((path): Action => ({ kind: "remove", path })),
  ];
}

/** Of systemctl: the timer is not running; it is not there. */
const MEANINGS = { 3: "the timer is not running", 4: "systemd does not know the timer" };

function status({ id, permission }: RegisteredJob, { flags, systemctl }: UnitKind, user: User): Decision {
  const show = (output: string) => output;
  const timer: RunAction = {
    ...systemctl([...flags, "--no-pager", "status", `${id}.timer`]),
    onFailure: "warn",
    meanings: MEANINGS,
    show,
  };
  if (permission === "user_logged_on" && user.isRoot) {
    return { actions: [timer], warnings: [`Cannot show the journal of ${id}: it is the user's, and this is root`] };
  }
  const since = ["--since", "1 month ago", "--no-pager", "--priority", "warning"];
  const args = [...since, "--unit", id, ...flags];
  return { actions: [{ kind: "run", program: "journalctl", args, onFailure: "warn", show }, timer], warnings: [] };
}
