/** A temporary folder for one test, removed at the end of its block: `using folder = makeFolder({ "profiles.toml": "…" })`. */

export interface Folder extends Disposable {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Writes files, by their path in the folder; a file in `bin/` becomes a program. */
  write(files: Readonly<Record<string, string>>): void;
  /** Text of a file, undefined when there is none. */
  read(name: string): string | undefined;
}

/** @param files texts, by path in the folder */
export function makeFolder(files: Readonly<Record<string, string>> = {}): Folder {
  const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "resticprofile-test-" }));
  const folder: Folder = {
    path,
    write(more) {
      for (const [name, text] of Object.entries(more)) writeFile(`${path}/${name}`, text);
    },
    read: (name) => readIfThere(`${path}/${name}`),
    [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }),
  };
  folder.write(files);
  return folder;
}

function writeFile(path: string, text: string): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  Deno.writeTextFileSync(path, text, path.includes("/bin/") ? { mode: 0o755 } : {});
}

function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
