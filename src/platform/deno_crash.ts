/** Unhandled errors and rejections: in the callback of a timer, in a promise that was forgotten. */
type CrashListener = (error: unknown) => void;

/** The latest is the one that knows what goes on. */
const listeners: CrashListener[] = [];

export function listenToCrashes(listener: CrashListener): () => void {
  if (listeners.length === 0) {
    globalThis.addEventListener("error", onError);
    globalThis.addEventListener("unhandledrejection", onRejection);
  }
  listeners.push(listener);
  return () => {
    listeners.splice(listeners.indexOf(listener), 1);
    if (listeners.length > 0) return;
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
}

function onError(event: ErrorEvent): void {
  event.preventDefault(); // Deno would end the program
  listeners.at(-1)?.(event.error);
}

function onRejection(event: PromiseRejectionEvent): void {
  event.preventDefault();
  listeners.at(-1)?.(event.reason);
}
