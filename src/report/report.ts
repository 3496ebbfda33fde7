/** Everybody who tells of a run, behind one `tell`: console or log, status file, Prometheus. */
import type { Tell } from "../model/event.ts";
import type { RunId } from "../model/run_id.ts";
import type { World } from "../platform/world.ts";
import { type MessageSettings, openMessages } from "./messages.ts";
import { openMonitoring } from "./monitoring_writer.ts";

export interface Reporter {
  /** Never throws; what cannot be written is a warning. All but syslog and pushes is written when it returns. */
  readonly tell: Tell;
  /** Output of restic and hooks goes to a log (too). */
  readonly outputIsLogged: boolean;
  /** It goes to the console (too). */
  readonly outputIsShown: boolean;
  /** Resolves when all has been sent. */
  settle(): Promise<void>;
  close(): void;
}

/** @param run that is reported */
export async function openReport(settings: MessageSettings, world: World, run: RunId): Promise<Reporter> {
  const messages = await openMessages(settings, world, run);
  const monitoring = openMonitoring(world, (text, job) => {
    messages.tell({ at: world.now(), run, job, type: "message", level: "warning", text });
  });
  return {
    tell(event) {
      // what cannot be reported of a step is said before its end, but that of a job is said first
      const readers = event.type === "run-ended" ? [messages, monitoring] : [monitoring, messages];
      for (const reader of readers) reader.tell(event);
    },
    outputIsLogged: messages.outputIsLogged,
    outputIsShown: messages.outputIsShown,
    async settle() {
      await monitoring.settle();
      await messages.settle();
    },
    close: messages.close,
  };
}
