/** Keeps the system awake as long as a run lasts. */
import { type ChildCommand, SpawnError, type World } from "../../platform/world.ts";

export interface Wakefulness {
  /** Why the system may fall asleep nevertheless; undefined: it does not. */
  readonly problem: string | undefined;
  /** Lets it sleep again. */
  release(): Promise<void>;
}

/** Never throws: a run without it is better than none. */
export async function preventSleep(world: World): Promise<Wakefulness> {
  const command = keeper(world);
  if (command === undefined) return unable(`not supported on ${world.os}`);
  try {
    return await hold(command, world);
  } catch (error) {
    if (error instanceof SpawnError) return unable(`${command[0]}: ${error.message}`);
    throw error;
  }
}

/** Holds the system awake until its input ends: also when the tool is killed. It prints a line when it holds. */
const UNTIL_INPUT_ENDS = "echo; exec cat >/dev/null";

/** Program and arguments. */
function keeper({ os }: World): readonly [string, ...string[]] | undefined {
  const rest = ["sh", "-c", UNTIL_INPUT_ENDS];
  switch (os) {
    case "linux":
      return [
        "systemd-inhibit",
        "--what=idle:sleep",
        "--mode=block",
        "--who=resticprofile",
        "--why=Backup in progress",
        ...rest,
      ];
    case "darwin":
      return ["caffeinate", "-s", ...rest];
    default:
      return undefined;
  }
}

async function hold([program, ...args]: readonly [string, ...string[]], world: World): Promise<Wakefulness> {
  const streams: Pick<ChildCommand, "stdin" | "stdout" | "stderr"> = {
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  };
  const child = world.spawn({ program, args, cwd: "/", env: world.env, ...streams });
  const reader = child.stdout!.getReader();
  const complaint = new Response(child.stderr).text();
  const { done } = await reader.read();
  if (done) {
    await child.status;
    return unable((await complaint).trim().split("\n")[0] || `${program} ended at once`);
  }
  return {
    problem: undefined,
    async release() {
      await child.stdin!.close().catch(() => {}); // it has ended by itself
      await child.status;
      await reader.cancel();
      await complaint;
    },
  };
}

function unable(problem: string): Wakefulness {
  return { problem, release: () => Promise.resolve() };
}
