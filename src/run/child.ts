/** Children of a run: they get the job's priority and every signal, and the tool does not end before they have. */
import type { Priority } from "../model/plan.ts";
import { reasonOf } from "../model/reason.ts";
import { withSpawn } from "../platform/derived_world.ts";
import { type Child, type ChildCommand, SpawnError, type World } from "../platform/world.ts";
import { remarkOnce, type RunContext } from "./run_context.ts";
import { withDescendants } from "./descendants.ts";
import { StartError } from "./failure.ts";
import { findProgram, programFolders } from "./machine/find_program.ts";
import { ioniceWords } from "./machine/process_priority.ts";
import { isAlive, niceOf } from "./process_identity.ts";
import { LAST_SIGNAL, type Signals } from "./signals.ts";

/** Patience after each signal to a child that must end, in milliseconds. */
const PATIENCE_MS = 10_000;
const MOMENT_MS = 1_000;
/** What docker and its like grant from the first signal to the end is 10 s: hooks, too, must have their time. */
const UNNOTICED_MS = 5_000;
/** From the second signal of the user to the end of what does not end by itself. */
const INSISTED_MS = 5_000;

/**
 * Whatever keeps `start` from starting a child is a failure of that command line.
 * @throws {StartError}
 */
export function startAs(commandLine: string, start: () => Child): Child {
  try {
    return start();
  } catch (error) {
    const message = reasonOf(error);
    const text = error instanceof SpawnError ? `Cannot start "${error.program}": ${message}` : message;
    throw new StartError(text, commandLine);
  }
}

/** @throws {SpawnError} */
export function startChild(command: ChildCommand, context: RunContext): Child {
  const { job, world, signals, state } = context;
  const child = withDescendants(world.spawn(withPriority(command, context)), world, (process) => {
    state.signalled.push(process);
    state.lock?.add(process.pid);
  });
  if (child.niceProblem !== undefined) {
    remarkOnce(context, { code: "nice-not-set", nice: job.priority?.nice, reason: child.niceProblem });
  }
  state.children.add(child);
  child.status.then(() => state.children.delete(child));
  forwardSignals(child, world, signals);
  return child;
}

/** Processes below the children that got a signal and live all the same: a lock that was theirs is so still. */
export function survivors({ world, state }: RunContext): number[] {
  return state.signalled.filter((process) => isAlive(process, world)).map(({ pid }) => pid);
}

/** A hook or restic: the lock file names it, so that the lock counts as held as long as it lives. */
export function startListedChild(command: ChildCommand, context: RunContext): Child {
  const { lock } = context.state;
  lock?.announce();
  const child = startChild(command, context);
  lock?.add(child.pid);
  return child;
}

/**
 * Whichever signal the tool got, the child gets SIGINT: older restic cleans up on nothing else. One that is still there a
 * while after the second, which means "end this", is killed; the third kills at once.
 */
function forwardSignals(child: Child, world: World, signals: Signals): void {
  const ended = new AbortController();
  const stop = signals.onEach((count) => {
    child.kill(count < LAST_SIGNAL ? "SIGINT" : "SIGKILL");
    if (count !== LAST_SIGNAL - 1) return;
    world.sleep(INSISTED_MS, ended.signal).then(() => child.kill("SIGKILL"), () => {}); // it has ended
  });
  child.status.then(() => {
    stop();
    ended.abort();
  });
}

/** The machine, with children that do not outlive a signal: for questions to programs before and between jobs. */
export function interruptible(world: World, signals: Signals): World {
  return withSpawn(world, (command) => {
    const child = withDescendants(world.spawn(command), world, () => {});
    const stop = signals.onEach(() => void endSoon(child, world));
    child.status.then(stop);
    return child;
  });
}

/** Ends a child that would go on: SIGINT, after a while SIGTERM, then SIGKILL; settles when it has ended. */
export async function interruptChild(child: Child, { world }: RunContext): Promise<void> {
  const ended = new AbortController();
  child.status.then(() => ended.abort());
  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    child.kill(signal);
    await world.sleep(PATIENCE_MS, ended.signal).catch(() => {}); // the end of the child ends the wait
    if (ended.signal.aborted) return;
  }
  await child.status;
}

/** Ends a child that has nothing to clean up: SIGINT, a moment later SIGKILL; settles when it has ended. */
export async function endSoon(child: Child, world: World): Promise<void> {
  const ended = new AbortController();
  child.status.then(() => ended.abort());
  child.kill("SIGINT");
  await world.sleep(MOMENT_MS, ended.signal).catch(() => {}); // the end of the child ends the wait
  if (!ended.signal.aborted) child.kill("SIGKILL");
  await child.status;
}

/**
 * For restic 0.17 and newer, which notice an interruption only when something is written to their input: what still runs a while
 * after a signal to the tool, or when the next one comes, is killed. The returned function ends that.
 */
export function killAfterSignals(child: Child, { world, signals }: RunContext): () => void {
  const before = signals.count();
  const over = new AbortController();
  const stop = signals.onEach((count) => {
    if (count > before + 1) child.kill("SIGKILL");
    else world.sleep(UNNOTICED_MS, over.signal).then(() => child.kill("SIGKILL"), () => {}); // it has ended
  });
  return () => {
    stop();
    over.abort();
  };
}

/** Whatever runs: what it ran for is over. */
export async function interruptChildren(context: RunContext): Promise<void> {
  await Promise.all([...context.state.children].map((child) => interruptChild(child, context)));
}

function withPriority(command: ChildCommand, { job: { priority }, world }: RunContext): ChildCommand {
  if (!priority) return command;
  const nicer = nicePrefix(priority, command, world);
  const prefix = [...nicer, ...ionicePrefix(priority, command, world)];
  const [program = command.program, ...args] = [...prefix, command.program, ...command.args];
  return { ...command, program, args, nice: nicer.length > 0 ? undefined : priority.nice };
}

/**
 * The program `nice` in front of the child, where it exists and can do it: set on a child that runs already, the
 * niceness would not reach what the child may have started by then.
 */
function nicePrefix({ nice = 0 }: Priority, { env }: ChildCommand, world: World): string[] {
  const more = nice - niceOf(world.pid, world);
  const program = more > 0 ? findProgram("nice", programFolders(env, world), world) : undefined;
  return program === undefined ? [] : [program, "-n", String(more)];
}

function ionicePrefix({ io }: Priority, { env }: ChildCommand, world: World): string[] {
  if (!io) return [];
  const program = findProgram("ionice", programFolders(env, world), world) ?? "ionice";
  return [program, ...ioniceWords(io)];
}
