/** The tool's own three streams. */
import { systemReason } from "./deno_files.ts";
import { pause } from "./pipe_file.ts";
import { type Console, FileError } from "./world.ts";

export const denoConsole: Console = {
  get stdinIsTerminal() {
    return Deno.stdin.isTerminal();
  },
  get stdoutIsTerminal() {
    return Deno.stdout.isTerminal();
  },
  get stderrIsTerminal() {
    return Deno.stderr.isTerminal();
  },
  write(stream, data) {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    writeAll(stream === "stdout" ? Deno.stdout : Deno.stderr, bytes, () => {});
  },
  print(text) {
    writeAll(Deno.stdout, new TextEncoder().encode(text), (error) => {
      if (!(error instanceof Deno.errors.BrokenPipe)) throw new FileError("other", "/dev/stdout", systemReason(error));
    });
  },
  readLine,
  get stdin() {
    return Deno.stdin.readable;
  },
};

function writeAll(
  target: { writeSync(bytes: Uint8Array): number },
  bytes: Uint8Array,
  giveUp: (error: unknown) => void,
): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += target.writeSync(bytes.subarray(done));
    } catch (error) {
      if (error instanceof Deno.errors.WouldBlock) pause(); // whoever shares the pipe made it non-blocking
      else return giveUp(error); // nobody reads any more, or the disk below is full
    }
  }
}

/** Byte by byte: what comes after the line belongs to whoever reads next. */
function readLine(): string | undefined {
  const bytes: number[] = [];
  const one = new Uint8Array(1);
  while (Deno.stdin.readSync(one)) {
    if (one[0] === 0x0a) return decoded(bytes);
    bytes.push(one[0]!);
  }
  return bytes.length > 0 ? decoded(bytes) : undefined;
}

function decoded(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes)).replace(/\r$/, "");
}
