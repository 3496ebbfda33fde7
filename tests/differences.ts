/** Where this program does better than the original by intent, and which tests show it. `differences_test.ts` sees to it that they run. */

/** By subject and difference: tests as `FILE: TITLE`, the file below `tests/`. Of several alike, one is named. */
export const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "configuration": {
    "names of files: with a format any extension, absolute names as they are": [
      "config/files/find_file_test.ts: with a format, a file without extension is accepted as named",
      "config/files/find_file_test.ts: an absolute name is not looked for below other folders",
    ],
    "formats by extension in any case of letters, unknown ones told": [
      "config/differences_test.ts: p.HCL has the format of its extension in any case of letters",
      "config/files/find_file_test.ts: an unknown extension needs --format, an unknown format is refused",
      "config/differences_test.ts: p.Conf has the format of its extension in any case of letters",
    ],
    "dates without quotes keep their text": [
      "config/differences_test.ts: dates without quotes keep the text of the file",
    ],
    "JSON: duplicates are told, integers exact; YAML: a second document is told": [
      "config/differences_test.ts: duplicates in JSON and a second document of YAML warn, with their line",
      "config/differences_test.ts: integers of 64 bits are exact in JSON",
    ],
    "HCL blocks merge to any depth": [
      "config/differences_test.ts: hooks of repeated HCL blocks add up, in any case of letters",
      "config/load_test.ts: HCL blocks are merged to any depth, over repeated blocks and includes",
      "config/differences_test.ts: labelled and plain HCL blocks of one name are mixed, in any case of letters",
    ],
    "names in any case of letters": [
      "config/differences_test.ts: mixins apply to a profile that is called as MyHome, inherited too",
      "config/load_test.ts: groups are found in any case, members keep their spelling",
      "config/nodes/overlay_test.ts: keys that differ in case: tables add up, values are an error with both spellings",
    ],
    "versions other than 1 and 2 are told": [
      'config/files/includes_test.ts: a version that does not exist is told: "version: v2\\ndefault: {}"',
    ],
    "durations without a unit are seconds; odd types are told": [
      "config/values/convert_value_test.ts: conversion: lock: true is told with its place",
      "config/values/convert_value_test.ts: conversion: verbose: 1.5 is told with its place",
      "config/values/convert_value_test.ts: send-timeout: a bare number is seconds, a negative time an error that names the key",
    ],
    "includes: missing files are told, ~ and variables expanded": [
      "config/files/includes_test.ts: includes: a home folder",
      "config/files/includes_test.ts: includes: a variable at the start",
      "config/files/includes_test.ts: includes: a file that is not there is told",
    ],
    "circles are told with their chain": [
      "config/structure/version1_inheritance_test.ts: a circle of parents is spelled out",
      "config/structure/mixins_test.ts: mixins: mixins in a circle is told with its place",
    ],
    "mixins: a fixed order, all of their content, wherever use is allowed": [
      "config/differences_test.ts: mixins of a profile whose name begins with this one's are its own alone",
      "config/structure/mixins_test.ts: mixins: the outer use comes first",
      "config/structure/mixins_test.ts: mixins: a mixin that uses mixins has all of their content",
    ],
    "list operators work without a list of the parent": [
      "config/structure/version1_inheritance_test.ts: list operators and mixins are told to have no effect in version 1, and reach nobody",
      "config/nodes/overlay_test.ts: version 2 inheritance: without a list there they make one",
      "config/nodes/overlay_test.ts: version 2 inheritance: adding to and from empty lists",
    ],
    "a value replaces a table, a list a single table": [
      "config/structure/version1_inheritance_test.ts: version 1 inheritance: a schedule of another kind replaces the parent's",
      "config/nodes/overlay_test.ts: version 2 inheritance: a value over a table",
      "config/nodes/overlay_test.ts: version 2 inheritance: adding to a single table",
    ],
    "no crash over items of a flag's list": [
      "config/values/convert_value_test.ts: in a list of a flag true is a text, null is dropped",
    ],
    "tables and empty texts are no values of flags": [
      "config/values/convert_value_test.ts: conversion: repository: {a: b} is told with its place",
      "config/values/convert_value_test.ts: conversion: env: {A: [b]} is told with its place",
      "config/values/convert_value_test.ts: conversion: find: {host: [a, '']} is told with its place",
    ],
    "words that are flag and section": [
      "config/values/convert_value_test.ts: words that are flags and sections: a value is the flag, a table the section",
    ],
    "reserved sections and internal names are no profiles or keys": [
      "config/mistakes/unknown_keys_test.ts: check: name: x",
      "config/load_test.ts: reserved sections are no profiles",
      "config/mistakes/unknown_keys_test.ts: check: othersections: {a: {b: c}}",
    ],
    "profiles lists all that can be run, in order": [
      "commands/profiles_test.ts: profiles lists every profile that can be run, sorted, then the groups",
      "commands/profiles_test.ts: a value at the top and the layout of the other version are explained",
    ],
    "profiles and show need no restic": [
      "config/differences_test.ts: profiles runs no program and needs no restic; its listing is alone on standard output",
      "config/differences_test.ts: show runs no program and needs no restic; its listing is alone on standard output",
    ],
    "show: what overrides, its origin, no secrets": [
      "commands/show_test.ts: show prints false and 0 where they are set, and every section and key once",
      "config/differences_test.ts: show tells where each value comes from, through templates and includes",
      "commands/show_test.ts: show hides the secret of repository",
    ],
    "layouts of two versions mixed up are explained": [
      "commands/profiles_test.ts: a value at the top and the layout of the other version are explained",
      "config/load_test.ts: groups in the layout of the other version are errors when used, with the remedy",
    ],
    "all problems in one run, each with its place": [
      "commands/dispatch_test.ts: run() tells the mistakes of global and of the profile at once (backup)",
      "commands/validate_test.ts: validate tells a parent that is not there and the other mistakes of the profile",
      "commands/validate_test.ts: validate tells a circle and the other mistakes of the profile",
    ],
    "keys of this program never reach restic": [
      "config/differences_test.ts: keys of sections that only this program understands reach restic in no version",
      "config/structure/version1_inheritance_test.ts: list operators and mixins are told to have no effect in version 1, and reach nobody",
    ],
  },
  "command line of restic": {
    "no shell between this program and restic": [
      "plan/arguments_test.ts: no shell: words of the configuration and the user stay as they are",
    ],
    "what cannot be a flag is an error with its place": [
      "config/mistakes/unknown_keys_test.ts: check: host: {a: b}",
      "config/values/convert_value_test.ts: conversion: tag: [[a]] is told with its place",
      "config/mistakes/unknown_keys_test.ts: check: check: {read-data: {a: b}}",
    ],
    "empty texts in lists make no flag without a value": [
      "plan/arguments_test.ts: empty texts in lists",
      "plan/arguments_test.ts: a flag that needs a value is not passed without",
    ],
    "a 0 that is not the default is passed": ["plan/arguments_test.ts: a 0 that is not the default is passed"],
    "a section switches a common flag off": ["plan/arguments_test.ts: a section switches a common flag off"],
    "timestamps as restic reads them": [
      "plan/arguments_test.ts: a timestamp is written as restic reads it, a date as it is",
      'plan/restic_time_test.ts: resticTime() of "2024-02-29T10:11:12"',
      "plan/arguments_test.ts: timestamps are written as restic reads them, wherever it takes a time",
    ],
    "flags that restic does not know are told": [
      "config/mistakes/unknown_keys_test.ts: check: backup: {exclude-fil: x}",
      "plan/arguments_test.ts: flags that this restic lacks are reported once, with their place; common ones if no command has them",
      'plan/arguments_test.ts: of {"snapshots":{"exclude-file":"e"}} restic 0.18.0 snapshots lacks --exclude-file for snapshots',
    ],
    "tag, host and path of the profile follow the rules of sections": [
      "config/values/path_values_test.ts: paths: path: [~/x, y] in p.yaml",
      "plan/arguments_test.ts: true in the profile itself stands for what backup has",
      "plan/arguments_test.ts: true that stands for nothing prints nothing",
    ],
    "version 2: the profile's host is backup's": [
      "plan/selection_test.ts: version 2: the profile's host is backup's, and retention's",
    ],
    "retention.host = true is the host of backup": [
      "plan/selection_test.ts: retention.host = true is the host of backup",
      "plan/selection_test.ts: and this machine if backup has none",
    ],
    "path knows ~, and what expands to nothing is told": [
      "config/values/path_values_test.ts: path in a section is absolute from the working folder",
      "config/values/path_values_test.ts: paths: ls: {path: [$NONE]} is told with its place",
    ],
    "a relative base-dir is resolved once": [
      "config/values/path_values_test.ts: paths: base-dir: rel, status-file: s in p.yaml",
    ],
    "with base-dir, paths and repositories mean the same for all commands": [
      "config/values/path_values_test.ts: paths: base-dir: /base, password-file: key in conf/p.yaml",
      "config/values/path_values_test.ts: a relative backup gets absolute paths, the other commands do not",
      "config/values/path_values_test.ts: the section of a relative backup replaces what the profile says",
    ],
    "wildcards of a relative source are resolved in source-base": [
      "commands/sources_test.ts: sources: source: ['*', ../up], source-base: /link, source-relative: true",
    ],
    "all options that name files are treated alike": [
      "config/values/path_values_test.ts: paths: lock: ~/lock in p.yaml",
      "config/values/path_values_test.ts: paths: status-file: status.json in conf/p.yaml",
      "config/values/path_values_test.ts: paths: new-password-file: n in conf/p.yaml",
    ],
    "one set of variables, one syntax, $$ is $": [
      "config/values/path_values_test.ts: paths: repository: 'a$$SUB$1${' in p.yaml",
      "config/values/path_values_test.ts: paths: env: {DATA: d}, password-file: $DATA/k in p.yaml",
      "config/values/path_values_test.ts: paths: password-file: $NONE/key is told with its place",
    ],
    "sources that have wildcards in their name; patterns without a match are told": [
      "commands/sources_test.ts: sources: source: ['d/photos [2020]']",
      "commands/sources_test.ts: a run warns of source: [d, 'none*'], once, and so does validate",
    ],
    "env: an empty value removes, bad env files are told": [
      "platform/child_environment_test.ts: childEnvironment() removes a name whose env value is empty",
      "platform/child_environment_test.ts: childEnvironment() reports files: missing ones as warnings, unusable ones as errors with their line",
    ],
    "passwords of all repositories stay secret": [
      "plan/repositories_test.ts: also of the repositories of copy",
      "plan/repositories_test.ts: and of sections, in place of the profile's",
      "plan/repositories_test.ts: not before restic 0.11",
    ],
    "no detected version is the newest": [
      "plan/arguments_test.ts: no detected version is the newest",
      "schema/restic_flags_test.ts: a version that is not known is the newest",
    ],
    "the init of a copy has the common flags": [
      "plan/repositories_test.ts: without chunker parameters the common flags stay",
    ],
    "flags by releases, and commands of two words": [
      "plan/arguments_test.ts: commands of two words",
      "schema/restic_flags_test.ts: restic 0.9.0 takes backup --tag",
      "plan/arguments_test.ts: key list is an argument of key",
    ],
    "no argument of the user is dropped; other commands get those they know": [
      "plan/arguments_test.ts: the main command gets every argument",
      "plan/steps_test.ts: a dry run of restic initializes nothing",
      "plan/arguments_test.ts: with -- the sources stand before it",
    ],
    "restic reads this program's input or terminal": [
      "config/values/path_values_test.ts: sources: source: ['echo', '*', '~'], stdin-from-command: true",
      "plan/arguments_test.ts: stdin-from-command: the words of source are the command",
      "plan/arguments_test.ts: sources are left out when restic reads its input",
    ],
    "dump and cat: only messages move to standard error": ["plan/plan_job_test.ts: output of restic: dump is data"],
    "restic is found on the PATH first": [
      "run/machine/find_restic_test.ts: findRestic(): the PATH first",
      "run/machine/find_restic_test.ts: findRestic(): then the usual folders",
    ],
    "verbose wins over quiet": ["plan/arguments_test.ts: -q with -v: verbose wins"],
    "legacy-arguments are told": [
      "config/mistakes/unknown_keys_test.ts: legacy-arguments and the rest of the global section are checked",
    ],
    "own options never reach restic": ["plan/arguments_test.ts: own options never leak"],
    "local:~/x is told": ["config/values/path_values_test.ts: paths: repository: 'local:~/x' is told with its place"],
  },
  "the lock": {
    "the own PID comes first; the owner is alive if any PID of the file is": [
      "run/lock_test.ts: attemptLock() respects the lock of a tool that lives, its children ended",
    ],
    "start time and boot tell whether a PID means the same process still": [
      "run/lock_test.ts: attemptLock() respects the lock of the very process by its start time",
      "run/lock_test.ts: attemptLock() takes over the lock of a number that another process has got",
    ],
    "a lock of another machine is never stale": [
      "run/lock_test.ts: attemptLock() respects the lock of another machine",
      "run/lock_wait_test.ts: takeLock() says that another machine's lock is not taken over",
      "program/faults_test.ts: when two hosts share the folder of the lock: the second one leaves the first one's lock alone, the first one goes on",
    ],
    "a file without a PID is dead after a minute": [
      "run/lock_test.ts: attemptLock() respects the lock of an empty file of this minute",
      "run/lock_test.ts: attemptLock() takes over the lock of an old empty file",
    ],
    "exactly one of those that force wins; a lock that is not its own stays": [
      "run/lock_test.ts: attemptLock() has exactly one winner of three that race for a dead owner's lock, however they interleave",
      "run/lock_test.ts: attemptLock() leaves a file alone that is no longer its own",
    ],
    "the file appears complete": ["run/lock_test.ts: attemptLock() shows a lock that is new complete at every moment"],
    "an attempt each second, never longer than the wait": [
      "run/lock_wait_test.ts: takeLock() waits never longer than it may, and names owner, file and time",
      "run/lock_wait_test.ts: takeLock() goes on within a second of the release",
    ],
    "the real reason when the file cannot be created": [
      "run/lock_wait_test.ts: a run whose lock cannot be created fails with the reason",
      "program/full_disk_test.ts: when the disk of the lock is full: nothing runs, the reason is told, and nothing of a run that did not finish",
    ],
    "a relative lock is beside the configuration file": [
      'commands/run_outcomes_test.ts: a relative lock is beside the configuration file with ""',
    ],
    "SIGHUP, SIGQUIT, a crash: the lock is released": [
      "run/run_job_test.ts: runJob() turns a crash inside a step into its failure",
      "program/faults_test.ts: when the tool gets SIGHUP: restic is interrupted, hooks know, lock and temporary files are gone",
    ],
  },
  "restic's locks": {
    "unlock gets the flags of profile and section alone": [
      "plan/plan_job_test.ts: unlock gets the flags of its section and none of the user's",
    ],
    "restic's dry run neither unlocks nor initializes": [
      "plan/user_arguments_test.ts: a dry run of restic: requests are shown, monitoring and locks are left alone",
    ],
    "only time spent waiting uses up the wait": [
      "run/restic_lock_test.ts: restic's lock: time in hooks, and in restic without its lock, is no waiting",
    ],
    "only the outcome of several attempts is reported": [
      "run/restic_lock_test.ts: restic's lock: an attempt after each minute, until it is free",
    ],
    "exit status 11 counts; the owner in JSON ends at its line": [
      "run/restic_lock_test.ts: restic's lock: restic's status alone says it is a lock",
      "run/restic_lock_test.ts: restic's lock in JSON: the owner ends where its line did",
    ],
  },
  "processes": {
    "no step starts after a signal; a second one ends the hook, a third the tool": [
      "run/signals_test.ts: a signal during send-before ends the sending; the next step does not start",
      "run/signals_test.ts: failure and final hooks are untouched by the signal before them, a second one ends the hook that runs",
      "run/signals_test.ts: the third signal kills what runs and ends the tool",
    ],
    "a child that survives the signal: the same": [
      "run/signals_test.ts: a hook that lives on after the signal has failed all the same, and not with status 0",
    ],
    "restic gets the signal, whatever the shell": [
      "run/restic_test.ts: restic is started itself and gets the signal, whatever the shell of the hooks",
    ],
    "both streams are read at the same time, lines of any length": [
      "program/faults_test.ts: when restic writes 10 MB of lines on standard error: all of it is shown, hooks start and the status file keeps the end",
      "program/faults_test.ts: when restic writes a line of 10 MB on standard error: all of it is shown, hooks start and the status file keeps the end",
    ],
    "restic's input stays open until it has ended after a failed stdin-command": [
      "run/stdin_command_test.ts: stdin-command: a later failure interrupts restic, whose input is still open",
      "run/stdin_command_test.ts: stdin-command: a restic that does not end is terminated after 10 s, killed after 20 s",
    ],
    "restic has the terminal as its input": [
      "plan/plan_job_test.ts: input of a backup: the terminal, for passwords",
      "program/real_terminal_test.ts: restic 0.14 in a terminal asks for the password, and reads it there",
      "program/real_terminal_test.ts: restic 0.18 in a terminal asks for the password, and reads it there",
    ],
    "nice and ionice are for children only": [
      "platform/deno_world_test.ts: spawn() makes the child nicer, all its threads, and not the tool",
      "run/restic_test.ts: a child gets the niceness set on it, and ionice",
    ],
    "restic's version is asked once": [
      "run/machine/find_restic_test.ts: askVersion() asks a binary once, until the program changes",
    ],
    "battery, memory, priority, restic matter to commands that run restic": [
      "commands/run_outcomes_test.ts: show asks neither battery nor memory nor for restic",
      "commands/run_outcomes_test.ts: profiles asks neither battery nor memory nor for restic",
      "commands/run_outcomes_test.ts: validate asks neither battery nor memory nor for restic",
    ],
    "free memory is the container's": [
      "run/machine/machine_test.ts: availableMemory(): what the control group has left, cache not counted",
      "run/machine/machine_test.ts: availableMemory(): in a container the root is the group",
    ],
    "prevent-sleep has one warning": [
      "commands/run_outcomes_test.ts: sleep that cannot be prevented is one warning, and the run goes on",
      "run/machine/machine_test.ts: preventSleep() holds the system awake until it is released",
    ],
    "crashes are failures": [
      'commands/run_outcomes_test.ts: a run goes through a status file with "profiles": null',
      "run/run_job_test.ts: runJob() turns a crash inside a step into its failure",
    ],
  },
  "results": {
    "a group with continue-on-error exits with 1": [
      "commands/run_outcomes_test.ts: a group that stops exits with 1 after a profile has failed",
      "commands/run_outcomes_test.ts: a group with continue-on-error exits with 1 after a profile has failed",
    ],
    "restic-exit-status": [
      "commands/run_outcomes_test.ts: with restic-exit-status restic's own status is the tool's, for a profile, not for a group",
      'run/run_job_test.ts: runJob() exits with 12 after {"code":12}, restic-exit-status true',
    ],
    "failures before restic starts reach status file and metrics": [
      "commands/run_outcomes_test.ts: another run that holds the lock leaves a failed backup in status file and metrics",
      "report/monitored_test.ts: monitor() gives a backup that has not started no counters, but the reason's standard error",
      "commands/run_outcomes_test.ts: a hook that fails before leaves a failed backup in status file and metrics",
    ],
    "restic's dry run leaves monitoring alone": [
      "commands/run_outcomes_test.ts: a backup that is restic's dry run leaves status file and metrics alone",
      "plan/user_arguments_test.ts: a dry run of restic: requests are shown, monitoring and locks are left alone",
    ],
  },
  "output": {
    "data of dump and cat go to standard output": [
      "report/messages_test.ts: --stderr moves messages, not output",
      "program/end_to_end_test.ts: restic 0.14: backup, forget with prune, check; dump gives each byte",
      "program/end_to_end_test.ts: restic 0.18: backup, forget with prune, check; dump gives each byte",
    ],
    "verbose wins over quiet": [
      "cli/parse_test.ts: parseInvocation() lets verbose win over quiet, whatever their order",
    ],
    "a dry run is always shown": ["commands/run_outcomes_test.ts: a dry run is shown with --quiet, too"],
    "each profile starts at the level of the flags": [
      "commands/run_outcomes_test.ts: each member of a group starts at the level of the flags",
      "report/messages_test.ts: a job has its own level, and what comes after it has not",
    ],
    "RESTICPROFILE_STDERR and RESTICPROFILE_NO_ANSI": [
      "cli/parse_test.ts: parseInvocation() tells RESTICPROFILE_STDERR from RESTICPROFILE_NO_ANSI",
    ],
    "secrets are masked in trace": ["program/secrets_test.ts: secrets: trace shows no password"],
    "logs: the reason, folders, from the start": [
      "commands/dispatch_test.ts: run() tells the log that was asked for too",
      "report/messages_test.ts: a log file gets messages with their level, and output without colours",
      "report/messages_test.ts: log target /work/file/sub/x.log cannot be opened: the reason is told, the console is used",
    ],
    "--no-ansi leaves restic its progress": [
      "program/real_terminal_test.ts: restic in a terminal shows its progress with --no-ansi, which is for the tool alone",
    ],
    "syslog: no empty messages, one for each line": [
      "report/messages_test.ts: syslog over the network: one message a line, none empty, output as notice",
      "program/syslog_test.ts: syslog over UDP: a message is a datagram",
      "program/syslog_test.ts: syslog over TCP: a message is a line",
    ],
  },
  "monitoring": {
    "the status file loses nothing": [
      "report/status_file_test.ts: what others have put into the file stays",
      "report/status_race_test.ts: processes that write a status file at the same time lose nothing, and nobody reads half of it",
      "report/status_file_test.ts: a file that is no JSON is kept as NAME.bad",
    ],
    "the last 64 KiB of standard error": [
      "report/status_file_test.ts: standard error is escaped as Go does it, and cut to its last 64 KiB at a line",
    ],
    "paths are expanded, folders made": [
      "commands/run_outcomes_test.ts: folders of status file and metrics are made, ~ and variables expanded",
    ],
    "all forms of summaries are read": [
      "plan/plan_job_test.ts: output of restic: JSON that the user wants is shown",
      "run/summary_test.ts: summaryReader() reads restic before 0.14",
      "run/summary_test.ts: summaryReader() reads a dry run",
    ],
    "labels are legal": [
      "report/metrics_test.ts: labels: legal names",
      "report/metrics_test.ts: labels: no reserved names",
      "report/metrics_test.ts: labelProblems() names what cannot be used",
    ],
    "pushes have timeout, certificates, proxies": [
      "report/prometheus_push_test.ts: proxies are those of the HTTP hooks",
      "report/prometheus_push_test.ts: certificates are those of the HTTP hooks",
      "report/prometheus_push_test.ts: a certificate file that cannot be used is a warning that names it",
    ],
  },
  "hooks": {
    ".Stdout is what restic printed": ["hooks/body_template_test.ts: .Stdout is what restic printed"],
    "hooks are sent when the lock is not obtained, or the run cannot start": [
      "run/lock_wait_test.ts: takeLock() fails at once without a wait: hooks of HTTP alone are called, the file stays",
      "run/run_job_test.ts: runJob() sends failures before the start, runs no shell hook and keeps their exit status",
    ],
    "dead receivers do not add up": [
      "hooks/phase_test.ts: dead receivers cost one timeout together: the next hook starts after a second",
    ],
    "retries": [
      "hooks/phase_test.ts: retries: after 1, 2, 4, 8, 10 s, then one warning",
      "hooks/phase_test.ts: retries: 2 attempts for no connection",
      "hooks/phase_test.ts: retries: 1 attempts for status 404",
    ],
    "$ERROR_MESSAGE and $RESTIC_STDERR in url and body": [
      "hooks/request_test.ts: $ERROR_MESSAGE and $RESTIC_STDERR are $ERROR and $ERROR_STDERR",
    ],
    "blanks and non-ASCII text in a query are encoded": [
      "hooks/url_test.ts: escapeUrl() makes http://h/a%20b of http://h/a b",
    ],
    "standard error that is too long for a variable is cut": [
      "hooks/request_test.ts: a URL gets the last 4 KiB of standard error, from a whole line on, a body all of it",
      "platform/child_environment_test.ts: childEnvironment() cuts values that would keep every program from starting",
      "run/run_job_test.ts: runJob() keeps error variables below the limit of the system, from the start of a line",
    ],
    "templates and certificates are relative to the configuration, with base-dir too": [
      "commands/run_hooks_test.ts: templates and certificates are beside the configuration, with a base-dir too",
    ],
    "~ in ca-certificates": ["commands/run_hooks_test.ts: ~ in ca-certificates is the user's folder"],
    "send-timeout: a number is seconds, what is unusable an error": [
      "config/values/convert_value_test.ts: send-timeout: a bare number is seconds, a negative time an error that names the key",
    ],
    "a body wins over a template that cannot be read": [
      "hooks/request_test.ts: a body wins over a template that cannot be read, even if it expands to nothing",
    ],
    "method in upper case": ["hooks/request_test.ts: method: GET if empty, upper case"],
    "a Host header is sent": ["hooks/request_test.ts: a Host header is part of the request"],
    "warnings say which hook": [
      "hooks/phase_test.ts: a failure is one warning: phase, position, profile, host of the URL, reason",
    ],
    "failures of run-after-fail are shown": [
      "run/run_job_test.ts: runJob() skips the rest of the failure hooks after one that fails, and keeps the first error",
    ],
    "secrets are masked in what is shown": [
      "hooks/request_test.ts: what is shown has no secret in it: expanded variables, headers, credentials",
      "model/secret_name_test.ts: isSecretHeader() knows headers that carry credentials",
    ],
    "no step starts after a hook that survives a signal": [
      "run/signals_test.ts: a hook that lives on after the signal has failed all the same, and not with status 0",
    ],
    "a failed stdin-command has its own command line and standard error": [
      "run/stdin_command_test.ts: stdin-command: the first command that fails before 8 KiB keeps restic from starting",
      "run/stdin_command_test.ts: stdin-command: a later one that fails before 8 KiB keeps restic from starting",
    ],
    "an inherited failure does not reach hooks": [
      "platform/child_environment_test.ts: childEnvironment() hides the failure of an outer run",
    ],
    "a bad stream-error pattern is found when the profile is loaded": [
      "config/mistakes/unknown_keys_test.ts: a pattern of stream-error that does not compile is an error before anything runs",
    ],
    "misspelt keys are warned of": [
      "config/mistakes/unknown_keys_test.ts: check: a hook that would never run is told of: backup: {send-befor: {url: u}}",
    ],
    "a dry run that restic does not have is refused": [
      "plan/user_arguments_test.ts: a dry run that restic does not have is refused: copy --dry-run",
    ],
    "a group with continue-on-error exits with 1": [
      "commands/run_outcomes_test.ts: a group that stops exits with 1 after a profile has failed",
      "commands/run_outcomes_test.ts: a group with continue-on-error exits with 1 after a profile has failed",
    ],
    "json in templates": ["hooks/body_template_test.ts: json makes any text safe to insert"],
    "an internal crash is a failure of its step": [
      "run/run_job_test.ts: runJob() turns a crash inside a step into its failure",
    ],
  },
  "templates": {
    "the main file can use templates of its includes": [
      "template/differences_test.ts: the main file can use templates that an included file defines",
    ],
    ".ConfigDir is absolute": [
      "config/load_test.ts: templates: base-dir changes .CurrentDir, not .ConfigDir of a relative name",
    ],
    "$$ of patterns and paths is one $, and nothing is expanded twice": [
      "template/differences_test.ts: templates: $$ of patterns and flags is one $, and nothing is expanded twice",
    ],
    "$$ of flags is $, an unknown variable stays as it was written": [
      "commands/run_outcomes_test.ts: in flags $$ is $, and a variable that nobody knows stays as it was written",
    ],
    "custom units without ExecStart are skipped": [
      "schedule/systemd/systemd_test.ts: list() reads the unit files of both folders without systemctl, but for those it cannot use",
    ],
    "unit templates are executed before anything is written": [
      "commands/schedule_test.ts: unit templates are decoded, and executed before anything is written",
    ],
    "join takes the lists of unit data": [
      "template/data/template_data_test.ts: unit data: lists of strings, exact numbers",
      "template/differences_test.ts: templates: join takes any list",
    ],
    "randInt takes any integer": ["template/differences_test.ts: templates: randInt takes any integer"],
    "json makes a quoted text": ["template/differences_test.ts: templates: json makes a quoted text of any value"],
    "the manual's or": ["template/differences_test.ts: templates: the manual's or gives the fallback as Go does"],
    "an unset variable is told": [
      "template/differences_test.ts: templates: an unset variable keeps its text",
      "template/differences_test.ts: templates: only variables whose text is wanted are told to be unset",
    ],
    ".Now without the monotonic clock": [
      "template/differences_test.ts: templates: .Now has no reading of the monotonic clock",
    ],
    "messages name path, line, column and the fields that are there": [
      "template/differences_test.ts: templates: a message names file, line and column, and the fields that are there",
    ],
    "lines around a mistake in a result": [
      "config/load_test.ts: templates: what the result of a template looks like is told when it cannot be parsed",
    ],
    ".Stdout": ["hooks/body_template_test.ts: .Stdout is what restic printed"],
    ".Schedule.Name": [
      "commands/run_schedule_test.ts: hooks and restic get RESTICPROFILE_SCHEDULE_ID, templates .Schedule.Name",
    ],
    "{{ env }} makes its file when a profile is loaded": [
      "template/differences_test.ts: templates: {{ env }} makes its file when a profile is loaded, not before",
    ],
    "body and unit templates are decoded": [
      "commands/schedule_test.ts: unit templates are decoded, and executed before anything is written",
      "hooks/body_template_test.ts: templates are decoded like configuration files",
    ],
    "TZ in its POSIX form": ["template/differences_test.ts: templates: TZ in its POSIX form"],
    "variables that differ in case": [
      "template/differences_test.ts: templates: names that differ in case: the first by name",
    ],
  },
};
