/** Configuration files as Go templates: one set of all files, executed for one profile at a time. */
import type { Folders } from "./find_file.ts";
import { ConfigError, type Diagnostic, type Position } from "../../model/diagnostic.ts";
import { absenceOf } from "../../platform/raw_environment.ts";
import type { World } from "../../platform/world.ts";
import { configurationData } from "../../template/data/template_data.ts";
import { dependsOn } from "../../template/language/dependencies.ts";
import { templateDiagnostic, TemplateError } from "../../template/values/template_error.ts";
import { machineData, machineFunctions } from "../../template/data/machine_data.ts";
import {
  executable,
  executeIn,
  NO_TEMPLATES,
  type TemplateSet,
  withTemplate,
} from "../../template/language/template_set.ts";
import { type Expander, type Expansion, isTemplate, type Reader, type Stage } from "./expansion.ts";
import { maskedExcerpt } from "../nodes/masked_excerpt.ts";
import { type SourceFile, unexpanded } from "../nodes/source.ts";

/** @throws {ConfigError} when a file is not a template */
export async function templateExpander(
  files: readonly SourceFile[],
  world: World,
  folders: Folders,
  report: (problem: Diagnostic) => void,
): Promise<Expander> {
  // files without actions too: others may put them in, by their names
  const set = withPlaces(
    files,
    () => files.reduce((set: TemplateSet, { path, text }) => withTemplate(set, path, text), NO_TEMPLATES),
  );
  const program = await executable(set);
  const templates = files.filter(isTemplate);
  const mentions = (field: string) => templates.some(({ path }) => dependsOn(set, path, field));
  const told = new Set<string>();
  const onUnset = (variable: string, at: Position) => {
    if (told.has(variable)) return;
    told.add(variable);
    report(unsetVariable(variable, at, world));
  };
  return {
    expand(reader, stage) {
      const host = hostFor(reader, stage, world);
      const facts = { profile: reader.profile, schedule: reader.schedule, configDir: folders.configDirAbsolute };
      const data = configurationData(machineData(world, reader.currentDir), facts);
      const unknownTemplates = stage === "includes" ? "empty" : "error";
      const texts = withPlaces(
        files,
        () =>
          files.map((file) =>
            isTemplate(file)
              ? executeIn(program, file.path, data, { host, unknownTemplates, onUnset })
              : unexpanded(file)
          ),
      );
      return { texts, dotenv: host.dotenv() } satisfies Expansion;
    },
    // the time of a run goes on from profile to profile
    variesBy: (what) => what === "profile" ? mentions("Profile") || mentions("Now") : mentions("CurrentDir"),
  };
}

/** Functions of the machine; the file for variables is only made when a profile is loaded, for it is one of its env files. */
function hostFor({ profile }: Reader, stage: Stage, world: World) {
  const { md5, tempDir, tempFile } = machineFunctions(world);
  const name = `${profile.replace(/[^A-Za-z0-9_.-]/gu, "_")}.env`;
  let dotenv: string | undefined;
  return {
    md5,
    tempDir,
    tempFile,
    env: () => stage === "profile" ? dotenv = tempFile(name) : `${tempDir()}/${name}`,
    dotenv: () => dotenv,
  };
}

function unsetVariable(variable: string, at: Position, world: World): Diagnostic {
  return {
    code: "unset-variable",
    severity: "warning",
    message: `Variable "${variable}" ${absenceOf(variable, world)}: rendered as "<no value>"`,
    at,
    hint: `Write {{ or .Env.${variable} "…" }} for another text, or $${variable} for a variable of env-file or env`,
  };
}

/** Mistakes in templates as errors of the configuration, with the line they are in. */
function withPlaces<T>(files: readonly SourceFile[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const text = files.find(({ path }) => path === error.at.path)?.text ?? "";
    throw new ConfigError([{ ...templateDiagnostic(error), excerpt: maskedExcerpt(text, error.at) }]);
  }
}
