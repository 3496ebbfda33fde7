/** The tool's own commands: dispatch, help and completion read this table. Any other command is restic's. */

export interface CommandOption {
  /** One letter. */
  readonly short?: string;
  /** What the value is called in help; absent: a switch. In brackets if it may be left out. */
  readonly placeholder?: string;
  /** One line, no full stop. */
  readonly doc: string;
  /** In help, not completed: there is a flag of the same name. */
  readonly uncompleted?: true;
}

export interface OwnCommand {
  /** One line, no full stop. */
  readonly summary: string;
  /** For the command's own help page. */
  readonly description: string;
  /** What follows the command in the usage line. */
  readonly operands?: string;
  /** How many words that are not options it takes at most. @default 0 */
  readonly maxOperands?: number;
  /** Its arguments belong to another command, or it checks them itself. */
  readonly takesAnything?: true;
  /** By long name. */
  readonly options: Readonly<Record<string, CommandOption>>;
  /** `configuration`: it uses one, and mostly the profile that was selected. */
  readonly needs: "nothing" | "configuration";
  /** It is about all profiles: `PROFILE.` in front of it is not offered. */
  readonly ignoresProfile?: true;
  /** Not in help, not completed. */
  readonly hidden?: true;
  /** Called by schedulers, not by people: in help, not completed. */
  readonly uncompleted?: true;
}

const DRY_RUN: CommandOption = {
  doc: "Show what would be written and run, and change nothing; as the flag does",
  uncompleted: true,
};
const ALL: CommandOption = { doc: "For all profiles and groups of the configuration file" };

export const OWN_COMMANDS = {
  "battery": {
    summary: "Show batteries",
    description: "Shows the batteries that --ignore-on-battery looks at.",
    options: {},
    needs: "nothing",
    hidden: true,
  },
  "complete": {
    summary: "Completions for shells",
    description: "Answers the completion scripts of shells.",
    takesAnything: true,
    options: {},
    needs: "nothing",
    hidden: true,
  },
  "generate": {
    summary: "Generate completion scripts, random keys, the JSON Schema and the reference of the configuration",
    description: "Prints a completion script for a shell, a random key, or a description of the configuration, to\n" +
      "standard output. A JSON Schema is one of the layout v1 or v2, or the global one, which chooses by the file.",
    operands: "[v1|v2|global]",
    takesAnything: true,
    options: {
      "bash-completion": { doc: "Completion script for bash" },
      "zsh-completion": { doc: "Completion script for zsh" },
      "fish-completion": { doc: "Completion script for fish" },
      "config-reference": { doc: "All settings, as Markdown" },
      "json-schema": { doc: "JSON Schema of the configuration, for editors" },
      "to": { placeholder: "FOLDER", doc: "Write the reference there, a file for each page" },
      "version": { placeholder: "RESTIC", doc: "Only with the flags of that restic: 0.14, 0.16.4 (default: all)" },
      "random-key": { placeholder: "[SIZE]", doc: "SIZE (default 1024) random bytes as base64, for a password file" },
    },
    needs: "nothing",
  },
  "help": {
    summary: "Show help on this program or on a command",
    description: "Shows help on one of this program's commands, or on a command of restic with the flags\n" +
      "that each profile gives to it. Without a command: this page. The flag --help shows all flags and commands.",
    operands: "[COMMAND]",
    maxOperands: 2, // restic has commands of two words
    options: {},
    needs: "nothing",
  },
  "panic": {
    summary: "Crash on purpose",
    description: "Crashes on purpose, to test how scripts and schedulers handle an internal error.",
    options: {},
    needs: "nothing",
    hidden: true,
  },
  "profiles": {
    summary: "List profiles and groups",
    description: "Lists the profiles with the sections they have, then the groups with their members.",
    options: { "json": { doc: "Print them as JSON, for programs" } },
    needs: "configuration",
  },
  "random-key": {
    summary: "Generate a random key",
    description: "The old form of generate --random-key.",
    operands: "[SIZE]",
    maxOperands: 1,
    options: {},
    needs: "nothing",
    hidden: true,
  },
  "run-schedule": {
    summary: "Run a scheduled command (called by the scheduler)",
    description:
      "Runs COMMAND for the profile or group NAME with the settings of its schedule: log, locks, battery.\n" +
      "The jobs of the scheduler call it. Further arguments go to restic.",
    operands: "COMMAND@NAME [ARGUMENTS]",
    takesAnything: true,
    options: {},
    needs: "configuration",
    ignoresProfile: true,
    uncompleted: true,
  },
  "schedule": {
    summary: "Create scheduled jobs",
    description: "Creates a job for each schedule of the selected profile or group. Existing jobs are replaced.",
    options: {
      "all": ALL,
      "dry-run": DRY_RUN,
      "no-start": { doc: "Enable the jobs, but start them only after the next boot (systemd)" },
      "reload": { doc: "Run systemctl daemon-reload first" },
      "start": { doc: "Start the jobs immediately, which is the default (systemd)" },
    },
    needs: "configuration",
  },
  "show": {
    summary: "Show a profile or group as it will be used",
    description: "Shows the global settings, the profile (or group) with all that it inherits, and its schedules.\n" +
      "Secrets are hidden.",
    operands: "[NAME]",
    maxOperands: 1,
    options: {
      "json": { doc: "Print them as JSON, for programs" },
      "origin": { doc: "Show the file and line that each value comes from" },
      "verbose": { short: "v", doc: "The same" },
    },
    needs: "configuration",
  },
  "status": {
    summary: "Show scheduled jobs",
    description:
      "Shows the jobs of the selected profile or group: their times, when they run next, how the last run ended.",
    options: { "all": ALL },
    needs: "configuration",
  },
  "unschedule": {
    summary: "Remove scheduled jobs",
    description: "Removes the jobs of the selected profile or group, which need not be in the configuration any more.",
    options: { "all": ALL, "dry-run": DRY_RUN },
    needs: "configuration",
  },
  "validate": {
    summary: "Check the configuration",
    description: "Lists the problems of all configuration files and profiles, each with its file, line and column.\n" +
      "The exit status is 1 if there is an error.",
    options: { "json": { doc: "Print them as JSON, for programs" } },
    needs: "configuration",
    ignoresProfile: true,
  },
  "version": {
    summary: "Show the version of this program",
    description: "Shows the version of this program.",
    options: { "verbose": { short: "v", doc: "Show also how it was built and what it runs on" } },
    needs: "nothing",
  },
} as const satisfies Readonly<Record<string, OwnCommand>>;

export type OwnCommandName = keyof typeof OWN_COMMANDS;

export function isOwnCommand(name: string): name is OwnCommandName {
  return Object.hasOwn(OWN_COMMANDS, name);
}

/** The table without its literal types. */
export function ownCommand(name: OwnCommandName): OwnCommand {
  return OWN_COMMANDS[name];
}

/** Whether the command does something with the profile that was selected. */
export function takesProfile(name: OwnCommandName): boolean {
  const { needs, ignoresProfile } = ownCommand(name);
  return needs === "configuration" && !ignoresProfile;
}

/** Names of the commands that help and completion show, sorted. */
export function visibleCommands(): readonly OwnCommandName[] {
  return (Object.keys(OWN_COMMANDS) as OwnCommandName[]).filter((name) => !ownCommand(name).hidden).sort();
}

/** Commands of the original that are not part of this program, and what to say: restic must not be asked to run them. */
export const REFUSED_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["elevation", "start this program with the rights of an administrator"],
  ["self-update", "use the package manager, or the way by which the program was installed"],
  ["send", "profiles cannot be run on other machines from here"],
  ["serve", "profiles cannot be served to other machines"],
]);
