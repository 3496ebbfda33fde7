/**
 * What kind of problem a diagnostic reports: a short word for filters of JSON logs and of `validate --json`. A message may
 * be worded anew in any release; its code stays. Every code has one line for people who meet it there.
 */
export const DIAGNOSTIC_CODES = {
  // Reading files
  "syntax": "A file or a text does not follow the syntax of its language",
  "template": "A template cannot be parsed or executed",
  "format": "The format of a configuration file is unknown",
  "found-file": "Names the configuration file that was found",
  "unreadable-file": "A file does not exist yet, or cannot be read",
  "writable-file": "Other users can write to a file that decides what runs",
  "include": "A file cannot be included",
  "layout-version": "The version of the file and its contents do not fit together",

  // Keys and values
  "unknown-key": "A key has no meaning anywhere near its place",
  "misplaced-key": "A key or table has no effect where it is written",
  "duplicate-key": "A table has a key twice",
  "deprecated": "A key still works, but another one has taken its place",
  "conflicting-keys": "Two keys exclude each other",
  "wrong-type": "A value has another type than the key takes",
  "wrong-value": "A value has the right type, but is out of range or is an unknown word",
  "doubtful-value": "A value is read in another way than it looks",
  "empty-value": "A value is empty and has no effect",
  "unused-value": "A value has no effect in this combination",
  "nul-character": "A text has a NUL character, which no program can receive",

  // Names
  "unknown-name": "A profile, group or mixin of that name does not exist",
  "ambiguous-name": "A profile and a group have the same name",
  "circle": "A profile or mixin refers to itself",

  // Paths and variables
  "unset-variable": "A variable is not set, or is not replaced in that place",
  "cut-variable": "The value of a variable is too long for the system",
  "escaped-path": "A backslash in a path counts as part of the name",
  "home-folder": "A ~ counts as a name, not as the home folder",
  "working-folder": "A profile or the program cannot work in its folder",
  "search-path": "PATH does not lead to the usual programs",

  // Profiles and restic
  "incomplete-profile": "A profile lacks what a run needs",
  "backup-source": "A source of the backup does not exist or cannot be passed on",
  "retention": "Snapshots are kept or forgotten in an unexpected way",
  "snapshot-path": "Snapshots are selected by a path that may vary",
  "repository-init": "The repository cannot be initialised automatically",
  "restic-program": "restic is not found, or its version is unknown",
  "restic-release": "The restic in use does not have a command or flag, or has deprecated it",
  "restic-refuses": "restic refuses the value of a flag, or reads it in another way",
  "changed-flag": "A flag given on the command line is replaced",
  "dry-run": "A dry run of that command is not possible",
  "refused-run": "A run would fail when it starts, or at one of its steps",
  "terminal-output": "restic writes to the terminal, and not to the log",

  // Hooks, metrics and schedules
  "http-hook": "An HTTP hook does not send what it seems to send",
  "hook-time": "A hook gets a time other than that of its run",
  "metrics": "Metrics do not reach Prometheus as expected",
  "schedule-time": "A calendar expression cannot be used",
  "schedule-setting": "A setting of a schedule cannot be used",
  "schedule-job": "A scheduler cannot create, list or remove a job",
} as const satisfies Readonly<Record<string, string>>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
