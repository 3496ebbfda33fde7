/** `generate --config-reference [--version RESTIC] [--to FOLDER]`: one document to standard output, or the pages as files. */
import { hasOption, operandsOf, optionValue } from "../cli/options.ts";
import { EXIT } from "../model/exit_status.ts";
import { folderOf } from "../model/path.ts";
import { FileError, type World } from "../platform/world.ts";
import { OWN_COMMANDS } from "../schema/own_commands.ts";
import { type Page, referenceDocument, referencePages, sitePage } from "../schema/reference/pages.ts";
import { fail } from "./fail.ts";
import { wantedRelease } from "../cli/restic_release_option.ts";

export function generateReference(args: readonly string[], world: World): number {
  const release = wantedRelease(args);
  if (release.problem !== undefined) return fail(release.problem, world);
  const [template] = operandsOf(args, OWN_COMMANDS.generate.options);
  if (template !== undefined) {
    return fail(
      `Cannot use template "${template}": the reference has a form of its own; leave the template out`,
      world,
    );
  }
  const pages = referencePages(release.known?.version);
  if (hasOption(args, "to")) return writePages(pages, optionValue(args, "to"), world);
  world.console.print(referenceDocument(pages));
  return EXIT.success;
}

function writePages(pages: readonly Page[], folder: string | undefined, world: World): number {
  if (!folder || folder.startsWith("-")) return fail("Cannot use --to without a value: write a folder", world);
  const date = new Date(world.now()).toISOString().slice(0, 10);
  try {
    for (const [index, page] of pages.entries()) {
      const path = `${folder.replace(/\/$/, "")}/${page.path}`;
      world.files.makeDir(folderOf(path));
      world.files.write(path, sitePage(page, index + 1, date));
      world.console.print(`Wrote ${path}\n`);
    }
    return EXIT.success;
  } catch (error) {
    if (error instanceof FileError) {
      return fail(`Cannot write the reference to "${error.path}": ${error.message}`, world);
    }
    throw error;
  }
}
