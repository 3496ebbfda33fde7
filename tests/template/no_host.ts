import { createHash } from "node:crypto";
import type { FunctionHost } from "../../src/template/functions/template_function.ts";

/** For templates that need nothing of the machine. */
export const noHost: FunctionHost = {
  tempDir: () => "/tmp/t",
  tempFile: (name) => `/tmp/t/${name}`,
  md5: (data) => createHash("md5").update(data).digest(),
  env: () => "/tmp/t/profile.env",
};
