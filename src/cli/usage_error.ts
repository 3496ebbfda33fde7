/** A command line that cannot be understood: its message and where help is are shown, exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
  /**
   * @param unknownFlag the long flag, without dashes, that is unknown: the error may name the nearest one
   * @param command the own command whose help page tells more; undefined: the general one
   */
  constructor(message: string, readonly unknownFlag?: string, readonly command?: string) {
    super(message);
  }
}
