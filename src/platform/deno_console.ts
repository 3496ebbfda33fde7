/** The tool's own three streams. */
import { denoOutput } from "./deno_output.ts";
import type { Console } from "./world.ts";

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
  get stdoutIsPipe() {
    return denoOutput.stdoutIsPipe;
  },
  get stdoutIsBroken() {
    return denoOutput.stdoutIsBroken;
  },
  write: denoOutput.write,
  print: denoOutput.print,
  defer: denoOutput.defer,
  written: denoOutput.written,
  stdoutHasReader: denoOutput.stdoutHasReader,
  readLine,
  get stdin() {
    return Deno.stdin.readable;
  },
};

/** Byte by byte: what follows the line belongs to the next reader. */
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
