/** What a program answers to a question, such as `restic version`: soon and in short, or not at all. */
import { formatDuration } from "../../model/duration.ts";
import { type Child, SpawnError, type World } from "../../platform/world.ts";
import { endSoon } from "../child.ts";

export interface AnswerLimits {
  readonly ms: number;
  /** A multiple of 1024. */
  readonly bytes: number;
}

const LIMITS: AnswerLimits = { ms: 10_000, bytes: 64 * 1024 };
/** A process that the program left behind may hold its output open for ever. */
const LEFTOVER_MS = 500;

export interface ProgramAnswer {
  /** Standard output up to the limit. */
  readonly text: string;
  /** Why it had to be ended: `it did not end within 10s`; undefined: it ended by itself, or could not be started. */
  readonly problem: string | undefined;
}

/** The text alone. */
export async function programOutput(program: string, args: readonly string[], world: World): Promise<string> {
  return (await askProgram(program, args, world)).text;
}

/** A program that goes on for more than 10 s or 64 KiB is ended; one that cannot be started answers nothing. */
export async function askProgram(program: string, args: readonly string[], world: World): Promise<ProgramAnswer> {
  const streams = { stdin: "null", stdout: "piped", stderr: "null" } as const;
  try {
    return await answerOf(
      world.spawn({ program, args, cwd: world.startDir, env: world.env, ...streams }),
      LIMITS,
      world,
    );
  } catch (error) {
    if (error instanceof SpawnError) return { text: "", problem: undefined };
    throw error;
  }
}

/** What a child, of whose streams standard output alone is read, answers within limits; it is ended when it exceeds them. */
export async function answerOf(child: Child, { ms, bytes }: AnswerLimits, world: World): Promise<ProgramAnswer> {
  const answered = new AbortController();
  const output = firstBytes(child.stdout!, bytes);
  const silent = child.status.then(() => world.sleep(LEFTOVER_MS, answered.signal));
  const complete = Promise.all([child.status, Promise.race([output.end, silent])]).then(() => undefined);
  const late = world.sleep(ms, answered.signal).then(() => `it did not end within ${formatDuration(ms)}`);
  try {
    const problem = await Promise.race([
      complete,
      output.full.then(() => `it printed more than ${bytes / 1024} KiB`),
      late,
    ]);
    if (problem !== undefined) await endSoon(child, world);
    return { text: output.text(), problem };
  } finally {
    answered.abort();
    output.stop();
  }
}

/** Reads no more than it keeps: a program that prints for ever must not fill the memory. */
function firstBytes(stream: ReadableStream<Uint8Array>, limit: number) {
  const reader = stream.getReader();
  const { promise: full, resolve: fill } = Promise.withResolvers<void>();
  const decoder = new TextDecoder();
  let text = "";
  async function read(): Promise<void> {
    for (let left = limit; left > 0;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.length;
    }
    fill();
    await new Promise(() => {}); // the end is not looked for
  }
  return { end: read(), full, text: () => text, stop: () => void reader.cancel().catch(() => {}) };
}
