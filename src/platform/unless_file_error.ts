import { FileError } from "./world.ts";

/** What an action on files gives, or `otherwise` where they do not exist or this user may not use them. */
export function unlessFileError<T, U>(action: () => T, otherwise: U): T | U {
  try {
    return action();
  } catch (error) {
    if (error instanceof FileError) return otherwise;
    throw error;
  }
}
