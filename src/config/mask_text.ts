/** Text of configuration files for people: passwords of URLs, and of variables by their names, are hidden. */
import { isSecretName, maskUrls } from "../model/mask.ts";
import { HIDDEN } from "../model/secret.ts";

/** `NAME = "value"`, `"NAME": value`, in a line or among others; names with `-` are options, which name files or commands. */
const ASSIGNMENT = /(?<![\w-])(["']?([A-Za-z_]\w*)["']?\s*[:=]\s*)("[^"\n]*"?|'[^'\n]*'?|[^\s,}{[\]]+)/g;

export function maskText(text: string): string {
  return maskUrls(text).replace(
    ASSIGNMENT,
    (all: string, head: string, name: string) => isSecretName(name) ? head + HIDDEN : all,
  );
}
