/** What planning needs to know of the machine and the tool's own settings; asked once, then plain data. */
export interface Facts {
  /** Absolute path (or as configured) of the program to run as restic. */
  readonly resticPath: string;
  /** Undefined: not detected, the newest known version counts. */
  readonly resticVersion: string | undefined;
  /** Whether flags that restic does not know are left out (`restic-arguments-filter`, and the program is called `restic`). */
  readonly filter: boolean;
  /** As `World.os` names it: some flags of restic exist on one system only. */
  readonly os: string;
  readonly hostname: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  /** A pipe or a socket, whose reader may quit. */
  readonly stdoutIsPipe: boolean;
  readonly stderrIsTerminal: boolean;
  /** Output of restic and hooks goes to a log (too). */
  readonly outputIsLogged: boolean;
  /** It goes to the console (too). */
  readonly outputIsShown: boolean;
  /** A body template of the command's HTTP hooks mentions `.Stdout`: what restic prints has to be kept. */
  readonly templatesUseStdout: boolean;
  /** What restic will find in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}
