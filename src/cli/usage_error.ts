/** A command line (or `RESTICPROFILE_…` variable) that cannot be understood: its message and the general help are shown, exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
  /** @param unknownFlag the long flag, without dashes, that is none of ours: whoever shows the error may name the nearest */
  constructor(message: string, readonly unknownFlag?: string) {
    super(message);
  }
}
