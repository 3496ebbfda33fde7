/** The real machine. Starting the tool waits for this module: what is needed rarely (HTTP, `node:` modules) loads when it is asked for. */
import { delay } from "@std/async/delay";
import { configError } from "../model/diagnostic.ts";
import { FAILURE_VARIABLE_NAMES } from "../model/failure_variables.ts";
import { denoConsole } from "./deno_console.ts";
import { listenToCrashes } from "./deno_crash.ts";
import { denoFiles } from "./deno_files.ts";
import { killChildren, spawnChild } from "./deno_process.ts";
import { listenToSignals, onUnwatchedSignal, signalProcess } from "./deno_signals.ts";
import { accountOf, homeDirOf, userNameOfProcess } from "./deno_user.ts";
import { executablePath, startFolder } from "./deno_paths.ts";
import { makeTempDir } from "./deno_temp_dir.ts";
import { cacheFolder, type FolderOwner, stateFolder } from "./own_folders.ts";
import type { World } from "./world.ts";

const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64" };

/** Variables whose bytes are not UTF-8 are missing from it, but children inherit them: those of an outer failure must go. */
function readEnvironment(): Record<string, string> {
  const env = Deno.env.toObject();
  for (const name of FAILURE_VARIABLE_NAMES) if (!Object.hasOwn(env, name)) Deno.env.delete(name);
  return env;
}

export function denoWorld(): World {
  const env = readEnvironment();
  const folder = startFolder(env);
  const lastActs = new Set<() => void>();
  let tempDir: string | undefined;
  let stopWatching: (() => void) | undefined;
  function end(): void {
    killChildren();
    for (const action of lastActs) action();
    lastActs.clear();
    if (tempDir !== undefined) denoFiles.remove(tempDir, { recursive: true });
    tempDir = undefined;
    stopWatching?.();
    stopWatching = undefined;
  }
  const os = Deno.build.os === "illumos" ? "solaris" : Deno.build.os;
  const owner = (): FolderOwner => ({ os, env, home: homeDirOf(undefined, env), isRoot: Deno.uid() === 0 });
  return {
    os,
    arch: ARCHITECTURES[Deno.build.arch] ?? Deno.build.arch,
    pid: Deno.pid,
    get executable() {
      return executablePath(env, folder ?? ".");
    },
    get startDir() {
      if (folder === undefined) {
        throw configError("working-folder", "Cannot work here: the name of the current folder is not UTF-8");
      }
      return folder;
    },
    env,
    files: denoFiles,
    console: denoConsole,
    now: () => Date.now(),
    elapsed: () => performance.now(),
    sleep: (ms, signal) => delay(ms, signal && { signal }),
    hostname: () => Deno.hostname(),
    md5: (data) => process.getBuiltinModule("node:crypto").createHash("md5").update(data).digest(),
    userName: userNameOfProcess,
    account: accountOf,
    homeDir: (user) => homeDirOf(user, env),
    tempDir() {
      if (tempDir === undefined) {
        tempDir = makeTempDir(env);
        stopWatching = onUnwatchedSignal(end);
      }
      return tempDir;
    },
    cacheDir: () => cacheFolder(owner()),
    stateDir: () => stateFolder(owner()),
    atEnd(action) {
      lastActs.add(action);
      return () => void lastActs.delete(action);
    },
    end,
    spawn: spawnChild,
    async send(request, signal) {
      const { sendRequest } = await import("./http.ts");
      return sendRequest(request, signal);
    },
    async connect(address) {
      const { openSocket } = await import("./deno_socket.ts");
      return openSocket(address);
    },
    onSignal: listenToSignals,
    onCrash: listenToCrashes,
    signal: signalProcess,
  };
}
