/** The files of the conformance cases, for tests that need many real configurations. */

import { type Format, formatOfExtension } from "../../src/config/formats/format.ts";

const CASES = new URL("../conformance/cases/", import.meta.url);

/** Areas whose cases have configurations of more than a few lines. */
const AREAS = ["cli", "command-line", "config", "hooks", "run", "templates"];

export interface CaseFiles {
  /** `config/mixins.txtar` */
  readonly name: string;
  /** Text by path, receivers' addresses filled in. */
  readonly files: Readonly<Record<string, string>>;
  /** Those of the files that are configurations. */
  readonly configurations: readonly { readonly path: string; readonly format: Format }[];
}

export function allCaseFiles(): CaseFiles[] {
  const names = AREAS.flatMap((area) =>
    [...Deno.readDirSync(new URL(`${area}/`, CASES))].map(({ name }) => `${area}/${name}`)
  );
  return names.sort().map(readCase);
}

function readCase(name: string): CaseFiles {
  const sections = Deno.readTextFileSync(new URL(name, CASES)).split(/^-- (?=.+ --$)/m).slice(1);
  const files = Object.fromEntries(
    sections.map((section) => {
      const [, path = "", text = ""] = /^(.+) --\n([^]*)$/.exec(section) ?? [];
      return [path, text.replaceAll(/\{\{HTTPS?(?:_\w+)?\}\}/g, "http://host").replaceAll("{{DIR}}", "/work")];
    }).filter(([path]) => !/^(?:case|expected)\.json$/.test(path!)),
  ) as Record<string, string>;
  const configurations = Object.keys(files).flatMap((path) => {
    const format = formatOfExtension(path);
    return format === undefined ? [] : [{ path, format }];
  });
  return { name, files, configurations };
}
