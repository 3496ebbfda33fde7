/** systemd: a service and a timer for each job, of the system or of the user's own service manager. */
import type { World } from "../../platform/world.ts";
import { type Action, type RunAction, ScheduleError } from "../action.ts";
import { jobId, type Permission, type RegisteredJob, type ScheduledJob } from "../scheduled_job.ts";
import type { Decision, InstallOptions, JobListing, Scheduler } from "../scheduler.ts";
import { refuseLongUnit, refuseValueEnds } from "../refused_names.ts";
import { dropInActions } from "./drop_ins.ts";
import { environmentFile, isSecret, secretWarning, type UnitVariable } from "./unit_environment.ts";
import { type UnitKind, unitKinds } from "./service_managers.ts";
import { unitName, unitPattern } from "./unit_names.ts";
import { readUnits } from "./unit_files.ts";
import { removal } from "./unit_removal.ts";
import { isDoubtful, lostTimes, onCalendar } from "./timer_times.ts";
import { serviceText, timerText, unitFacts, type UnitSettings } from "./unit_content.ts";
import type { User } from "../job_user.ts";

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
        `the permission "${permission}" needs sudo; the permission "user_logged_on" does not`,
      );
    },
    async install(job, options) {
      const kind = kindOf(job.permission);
      refuse(job, user);
      refuseValueEnds(job);
      refuseLongUnit(job, unitName(job));
      const other = kind === units.user ? units.system : units.user;
      const replaced = world.files.stat(`${other.folder}/${unitName(job)}.timer`)
        ? await removal(unitName(job), other, world)
        : [];
      const { actions, warnings } = files(job, { settings, kind, user, world });
      return { actions: [...replaced, ...actions, ...activation(job, kind, options)], warnings };
    },
    list() {
      const found = [readUnits(units.system.folder, false, world), readUnits(units.user.folder, true, world)];
      const all = <T>(pick: (listing: JobListing) => readonly T[]) => found.flatMap(pick);
      return Promise.resolve({ jobs: all(({ jobs }) => jobs), warnings: all(({ warnings }) => warnings) });
    },
    remove: ({ id, permission }) => removal(id, kindOf(permission), world),
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

function refuse({ afterNetworkOnline, permission, command, name }: ScheduledJob, user: User): void {
  if (permission === "user" && user.name === "") {
    throw new ScheduleError('Cannot schedule with the permission "user": the user has no name in the user database');
  }
  // the user's service manager does not know targets of the system
  if (!afterNetworkOnline || permission !== "user_logged_on") return;
  throw new ScheduleError(
    `Cannot schedule ${command}@${name} with schedule-after-network-online: the permission "${permission}" has no such ` +
      'target, use "system" or "user"',
  );
}

interface Surroundings {
  readonly settings: UnitSettings;
  readonly kind: UnitKind;
  readonly user: User;
  readonly world: World;
}

/** All texts are made before anything is written. */
function files(job: ScheduledJob, { settings, kind, user, world }: Surroundings): Decision {
  const unit = `${kind.folder}/${unitName(job)}`;
  const secrets = job.environment.filter(isSecret);
  // a template knows of no such file
  const file = secrets.length > 0 && settings.service === undefined ? `${unit}.env` : undefined;
  const facts = unitFacts(job, settings, user, { env: world.env, secretsFile: file });
  const service = (settings.service ?? serviceText)(facts);
  const timer = (settings.timer ?? timerText)(facts);
  const dropIns = dropInActions(job.dropInFiles, unit, kind.file, world);
  const mode = secrets.length > 0 ? 0o600 : 0o644;
  return {
    actions: [
      ...secretsActions(`${unit}.env`, file === undefined ? [] : secrets, kind, world),
      { kind: "write", path: `${unit}.service`, text: service, mode, ...kind.file },
      { kind: "write", path: `${unit}.timer`, text: timer, mode: 0o644, ...kind.file },
      ...dropIns.actions,
    ],
    warnings: [...secrets.map((variable) => secretWarning(variable, file)), ...dropIns.warnings],
  };
}

function secretsActions(path: string, secrets: readonly UnitVariable[], kind: UnitKind, world: World): Action[] {
  if (secrets.length > 0) return [{ kind: "write", path, text: environmentFile(secrets), mode: 0o600, ...kind.file }];
  return world.files.stat(path) ? [{ kind: "remove", path }] : [];
}

function activation(job: ScheduledJob, kind: UnitKind, { start, reload }: InstallOptions): RunAction[] {
  const { flags, systemctl } = kind;
  const timer = `${unitName(job)}.timer`;
  const times = job.events.flatMap(onCalendar);
  return [
    ...reload ? [systemctl(["daemon-reload", ...flags])] : [],
    systemctl([...flags, "--no-pager", "--quiet", ...start ? ["--now"] : [], "enable", timer]),
    { ...timerStatus(timer, kind, { id: jobId(job), times }), onFailure: "ignore" },
  ];
}

/** Of systemctl: the timer is not running; it is not there. */
const MEANINGS = { 3: "the timer is not running", 4: "systemd does not know the timer" };

/** What systemctl says of a timer, and which of its times systemd does not keep. */
function timerStatus(
  timer: string,
  { flags, systemctl }: UnitKind,
  { id, times }: Pick<RegisteredJob, "id" | "times">,
): RunAction {
  const question = [...flags, "--no-pager", "show", timer, "-p", "TimersCalendar", "-p", "SubState"];
  const comparison: RunAction = {
    ...systemctl(question),
    onFailure: "ignore",
    warnings: (output) => lostTimes(id, times, output),
  };
  return {
    ...systemctl([...flags, "--no-pager", "status", timer]),
    show: (output) => output,
    // there is no need to ask for times that cannot be mistaken where systemd does not know the timer
    next: (output) => /^\s*Active: /m.test(output) || times.some(isDoubtful) ? [comparison] : [],
  };
}

function status(job: RegisteredJob, kind: UnitKind, user: User): Decision {
  const { id, permission, times } = job;
  const timer: RunAction = {
    ...timerStatus(`${id}.timer`, kind, { id: jobId(job), times }),
    onFailure: "warn",
    meanings: MEANINGS,
  };
  if (permission === "user_logged_on" && user.isRoot) {
    return { actions: [timer], warnings: [`Cannot show the journal of ${id}: it is the user's, and this is root`] };
  }
  const since = ["--since", "1 month ago", "--no-pager", "--priority", "warning"];
  const args = [...since, "--unit", id, ...kind.flags];
  const show = (output: string) => output.replace(/^-- No entries --\n/m, ""); // it frightens, and says nothing
  return { actions: [{ kind: "run", program: "journalctl", args, onFailure: "warn", show }, timer], warnings: [] };
}
