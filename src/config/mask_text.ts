/** Text of configuration files for people: passwords of URLs, variables that look like secrets and values of headers are hidden. */
import { isSecretName, maskUrl, maskUrls } from "../model/mask.ts";
import { HIDDEN } from "../model/secret.ts";

/** `NAME = "value"`, `"NAME": value`, in a line or among others; names with `-` are options, which name files or commands. */
const ASSIGNMENT = /(?<![\w-])(["']?([A-Za-z_]\w*)["']?[ \t]*[:=][ \t]*)("[^"\n]*"?|'[^'\n]*'?|[^\s,}{[\]]+)/g;

/** What may be one URL, its password with blanks too: a text in quotes, the rest of a line of YAML. */
const WHOLE_VALUE = /(?<=(["']))[^"'\n]*(?=\1)|(?<=:[ \t]+)[a-z][a-z0-9+.:-]*:\/\/[^\n]*/gi;

/** The key of a header's value; which header it is may stand lines away. */
const HEADER_VALUE = "value";

export function maskText(text: string): string {
  return maskUrls(text.replace(WHOLE_VALUE, maskUrl)).replace(
    ASSIGNMENT,
    (all: string, head: string, name: string) => isSecretName(name) || name === HEADER_VALUE ? head + HIDDEN : all,
  );
}
