/** What planning needs to know where nothing will run: no terminal, no log. */
import type { Facts } from "../model/facts.ts";
import type { World } from "../platform/world.ts";
import type { ResticProgram } from "../run/machine/find_restic.ts";

export function plainFacts(restic: ResticProgram, environment: Facts["environment"], world: World): Facts {
  return {
    resticPath: restic.path ?? "restic",
    resticVersion: restic.version,
    filter: restic.filter,
    os: world.os,
    hostname: world.hostname(),
    now: world.now(),
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stdoutIsPipe: false,
    stderrIsTerminal: false,
    outputIsLogged: false,
    outputIsShown: true,
    templatesUseStdout: false,
    environment,
  };
}
