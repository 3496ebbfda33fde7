/** Reads and parses a configuration file and does nothing else: what the bench compares a run with. */

import { formatOfExtension, loadLanguage } from "../../src/config/formats/format.ts";

const [path = ""] = Deno.args;
const { parse } = await loadLanguage(formatOfExtension(path)!);
parse(await Deno.readTextFile(path));
