/** Texts of systemd units made by the user's own templates. The engine is loaded for those who have some. */
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import { decodeText } from "../model/decode.ts";
import type { UnitFacts } from "../model/unit_facts.ts";
import { FileError, type World } from "../platform/world.ts";
import { ScheduleError } from "../schedule/action.ts";
import type { UnitSettings, UnitText } from "../schedule/systemd/unit_content.ts";
import type { GlobalOptions } from "../schema/profile.ts";

/** @throws {ScheduleError | ConfigError} for a template that cannot be read */
export async function unitSettings(global: GlobalOptions, world: World): Promise<UnitSettings> {
  const { nice, ionice } = global;
  return {
    nice,
    io: ionice ? { class: global["ionice-class"], level: global["ionice-level"] } : undefined,
    service: await unitText(global["systemd-unit-template"], world),
    timer: await unitText(global["systemd-timer-template"], world),
  };
}

async function unitText(path: string | undefined, world: World): Promise<UnitText | undefined> {
  if (!path) return undefined;
  const text = readTemplate(path, world);
  const { unitData } = await import("../template/data/template_data.ts");
  const { templateDiagnostic, TemplateError } = await import("../template/values/template_error.ts");
  const { machineData, machineFunctions } = await import("../template/data/machine_data.ts");
  const { executable, executeIn, NO_TEMPLATES, withTemplate } = await import("../template/language/template_set.ts");
  const functions = machineFunctions(world);
  const host = { ...functions, env: () => `${functions.tempDir()}/unit.env` }; // named, not made: it has no effect here
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof TemplateError) throw new ConfigError([templateDiagnostic(error)]);
      throw error;
    }
  };
  const program = await executable(attempt(() => withTemplate(NO_TEMPLATES, path, text)));
  return (facts) =>
    attempt(() => executeIn(program, path, unitData(machineData(world, world.startDir), facts), { host }).text);
}

function readTemplate(path: string, { files }: World): string {
  try {
    return decodeText(files.read(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ScheduleError(`Cannot read template "${path}": ${error.message}`);
  }
}

/** A job like many, to try a template with. */
const SAMPLE: UnitFacts = {
  jobDescription: "resticprofile backup for profile sample",
  timerDescription: "backup timer for profile sample",
  workingDirectory: "/",
  commandLine: "resticprofile run-schedule backup@sample",
  onCalendar: ["daily"],
  systemdProfile: "resticprofile-backup@profile-sample.service",
  nice: 0,
  environment: ["HOME=/"],
  environmentFile: "",
  afterNetworkOnline: false,
  cpuSchedulingPolicy: "",
  ioSchedulingClass: 0,
  ioSchedulingPriority: 0,
  user: "",
};

/** For `validate`: what `schedule` will refuse in the templates. A file that cannot be read is reported with all others. */
export async function unitTemplateProblems(global: GlobalOptions, world: World): Promise<readonly Diagnostic[]> {
  try {
    const { service, timer } = await unitSettings(global, world);
    service?.(SAMPLE);
    timer?.(SAMPLE);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.diagnostics;
    if (error instanceof ScheduleError) return [];
    throw error;
  }
}
