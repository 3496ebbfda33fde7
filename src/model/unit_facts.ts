/** What the texts of a systemd job are made of, by the built-in texts and by templates; all in the form that a unit needs. */
export interface UnitFacts {
  readonly jobDescription: string;
  readonly timerDescription: string;
  readonly workingDirectory: string;
  readonly commandLine: string;
  readonly onCalendar: readonly string[];
  /** Name of the service. */
  readonly systemdProfile: string;
  /** 0: not set, as the other numbers. */
  readonly nice: number;
  /** `NAME=value`, without the quotes around. */
  readonly environment: readonly string[];
  /** Has further variables; empty without them, as always for templates. */
  readonly environmentFile: string;
  readonly afterNetworkOnline: boolean;
  readonly cpuSchedulingPolicy: string;
  readonly ioSchedulingClass: number;
  readonly ioSchedulingPriority: number;
  /** Empty: not set. */
  readonly user: string;
}
