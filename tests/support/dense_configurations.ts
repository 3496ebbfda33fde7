/** Two configurations that use nearly all there is in a few lines: what is damaged in them hits something. */

/** By the version of their layout, in YAML. */
export const DENSE_CONFIGURATIONS: Readonly<Record<"1" | "2", string>> = {
  1: `version: "1"
includes: [more.toml, "d/*.yaml"]
global: {default-command: check, priority: low, send-timeout: 30s, shell: [sh], schedule-defaults: {log: x}}
groups: {all: [default, child], one: child}
default: &d
  repository: local:/r
  env: {A: 1, B: null}
  run-before: [mark x, null]
  backup: {source: ["*.x", ~, "$A/b"], tag: [1, true], schedule: {at: daily}, send-after: {url: u, headers: [{name: a, value: b}]}}
  retention: {after-backup: true, keep-last: 3}
child: {inherit: default, backup: {source: [y], schedule: daily}, stream-error: {pattern: "(a)", run: x}}
`,
  2: `version: 2
groups: {all: {profiles: [a], continue-on-error: true, schedules: {check: {at: daily}}}}
mixins: {m: {default-vars: {x: 1}, lock: $x, use: n}, n: {exclude...: "*.bak", backup: {...tag: $x}}}
profiles:
  a: {repository: r, use: [m, {name: n, x: 2}], tag...: [b], backup: {use: n, source: [x], source-relative: true}}
  b: {inherit: a, "...tag": {a: b}, base-dir: /base, initialize: "{{ .Profile.Name }}"}
`,
};

/** What they include, by name. */
export const INCLUDED: Readonly<Record<string, string>> = { "more.toml": "[default]\nlock = '~/l'\n" };
