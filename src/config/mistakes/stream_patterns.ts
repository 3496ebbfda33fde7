/** Patterns of `stream-error`, tried before anything runs: one that cannot be searched for would never be found. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Profile } from "../../schema/profile.ts";

/** The engine is loaded only for profiles that have patterns. */
export async function checkPatterns(profile: Profile): Promise<Diagnostic[]> {
  const callbacks = profile.options["stream-error"] ?? [];
  if (callbacks.length === 0) return [];
  const { compileRegExp } = await import("../../template/functions/regexp.ts");
  return callbacks.flatMap(({ pattern = "" }, index): Diagnostic[] => {
    try {
      compileRegExp(pattern);
      return [];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const message = `Cannot use the pattern of "${profile.name}.stream-error[${index}]": ${error.message}`;
      return [{ code: "syntax", severity: "error", message, at: profile.at(["stream-error", index, "pattern"]) }];
    }
  });
}
