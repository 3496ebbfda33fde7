/** What anything thrown says: the message of an error, else its text. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
