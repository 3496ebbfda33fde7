/** What templates gave, for `--trace`; even there secrets are hidden. */
import { maskText } from "../nodes/mask_text.ts";
import type { Expanded, SourceFile } from "../nodes/source.ts";

/** Gets the numbered text of a file. */
export type Trace = (text: string) => void;

/** One block for each file. */
export function traceTexts(
  files: readonly SourceFile[],
  texts: readonly Expanded[],
  profile: string,
  trace: Trace,
): void {
  for (const [index, { path }] of files.entries()) trace(numbered(maskText(texts[index]!.text), path, profile));
}

function numbered(text: string, path: string, profile: string): string {
  const lines = text.split("\n");
  const width = lines.length > 999 ? 4 : 3;
  const shown = lines.map((line, index) => `${String(index + 1).padStart(width)}: ${line.replace(/\r$/, "")}`);
  return [`Configuration ${path} for profile "${profile}":`, ...shown].join("\n");
}
