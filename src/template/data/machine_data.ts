/** What templates ask of the machine, the same for configuration files, request bodies and units. */
import type { DefaultData } from "./template_data.ts";
import type { FunctionHost } from "../functions/template_function.ts";
import { localZone } from "../formats/zone.ts";
import type { Zone } from "../values/go_value.ts";

/** The part of the machine that templates see (the whole of it has more, and is given here). */
export interface TemplateMachine {
  readonly os: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string>>;
  readonly startDir: string;
  readonly executable: string;
  now(): number;
  md5(data: Uint8Array): Uint8Array;
  hostname(): string;
  tempDir(): string;
  readonly files: {
    read(path: string): Uint8Array;
    realPath(path: string): string;
    stat(path: string): object | undefined;
    makeDir(path: string, mode?: number): void;
    write(path: string, data: string, options: { mode: number; createNew: boolean }): void;
  };
}

/** @param currentDir absolute */
export function machineData(machine: TemplateMachine, currentDir: string): DefaultData {
  const { os, arch, env, startDir } = machine;
  return {
    now: BigInt(Math.round(machine.now())) * 1_000_000n,
    zone: zoneOf(machine),
    currentDir,
    startupDir: startDir,
    tempDir: os === "windows" ? env["TEMP"] || env["TMP"] || "C:/Windows/Temp" : env["TMPDIR"] || "/tmp",
    binaryDir: realExecutable(machine).replace(/[/\\][^/\\]*$/, "") || "/",
    hostname: machine.hostname() || "localhost",
    os,
    arch,
    env,
  };
}

const zones = new WeakMap<TemplateMachine, Zone>();

/** Read once: executions are many, and the zone of a running program does not change. */
function zoneOf(machine: TemplateMachine): Zone {
  const known = zones.get(machine);
  if (known) return known;
  const zone = localZone({
    tz: machine.env["TZ"],
    read: (path) => unlessUnreadable(() => machine.files.read(path)),
    offsetAt: (seconds) => -60 * new Date(seconds * 1_000).getTimezoneOffset(),
  });
  zones.set(machine, zone);
  return zone;
}

function realExecutable({ executable, files }: TemplateMachine): string {
  return unlessUnreadable(() => files.realPath(executable)) ?? executable;
}

function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // whatever keeps it from being read, there is a value to go on with
  }
}

/** What functions need of the machine, but for `env`; the folder and files are made when they are first named. */
export function machineFunctions(machine: TemplateMachine): Omit<FunctionHost, "env"> {
  const tempDir = () => {
    const folder = `${machine.tempDir()}/t`;
    machine.files.makeDir(folder, 0o700);
    return folder;
  };
  return { md5: machine.md5, tempDir, tempFile: (name) => emptyFile(machine, `${tempDir()}/${name}`) };
}

/** The file of that path, made if it is not there, for the user alone. */
function emptyFile({ files }: TemplateMachine, path: string): string {
  if (files.stat(path) === undefined) files.write(path, "", { mode: 0o600, createNew: true });
  return path;
}
