import { FileError, type Files } from "../../src/platform/world.ts";

/** Files that can be created but get no content: there is no space left. */
export function onFullDisk(files: Files): Files {
  return {
    ...files,
    write(path, data, options) {
      if (data.length === 0) return files.write(path, data, options);
      files.write(path, "", options);
      throw new FileError("other", path, "no space left on device");
    },
  };
}
