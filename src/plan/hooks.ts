/** Hooks of the configuration as steps: one for each shell command, one for each phase of HTTP requests. */
import { absoluteFrom } from "../model/path.ts";
import type { HookBody, HttpHook, HttpStep, ShellStep } from "../model/plan.ts";
import { Secret } from "../model/secret.ts";
import type { Options } from "../schema/key.ts";
import type { SEND_KEYS, SHELL_HOOK_KEYS } from "../schema/hook_keys.ts";
import type { Planning } from "./planning.ts";

type ShellPhase = keyof typeof SHELL_HOOK_KEYS;

/** Whom a phase belongs to: the profile, or the section of the command. */
export type HookOwner = "profile" | "section";

const SHELL_RULES: Readonly<Record<ShellPhase, Pick<ShellStep, "when" | "onError" | "chain">>> = {
  "run-before": { when: "success", onError: "fail" },
  "run-after": { when: "success", onError: "fail" },
  // a failure ends the profile's list, too, when it happens in the section's
  "run-after-fail": { when: "failure", onError: "report", chain: "run-after-fail" },
  "run-finally": { when: "always", onError: "report" },
};

const HTTP_WHEN: Readonly<Record<HttpStep["phase"], HttpStep["when"]>> = {
  "send-before": "success",
  "send-after": "success",
  "send-after-fail": "failure",
  "send-finally": "always",
};

export function shellSteps(phase: ShellPhase, owner: HookOwner, planning: Planning): ShellStep[] {
  const { profile, word, section } = planning;
  const lines = (owner === "profile" ? profile.options : section?.options)?.[phase] ?? [];
  return lines.map((line, index): ShellStep => ({
    kind: "shell",
    id: owner === "profile" ? `${phase}[${index}]` : `${word} ${phase}[${index}]`,
    section: owner === "profile" ? undefined : word,
    ...SHELL_RULES[phase],
    stage: `${phase}${owner === "profile" ? "" : ` ${word}`} on profile '${profile.name}'`,
    line,
  }));
}

/** One step, or none if the section has no such hooks. */
export function httpSteps(phase: HttpStep["phase"], planning: Planning): HttpStep[] {
  const { profile, word, section, isResticDryRun } = planning;
  const hooks = section?.options[phase] ?? [];
  if (hooks.length === 0) return [];
  return [{
    kind: "http",
    id: phase,
    section: word,
    phase,
    when: HTTP_WHEN[phase],
    onError: "ignore", // every hook warns for itself
    stage: `${phase} ${word} on profile '${profile.name}'`,
    hooks: hooks.map((hook) => httpHook(hook, planning)),
    shownOnly: isResticDryRun,
  }];
}

/** The template counts only where there is no body; a body that expands to nothing is one. */
function bodyOf(
  { body, "body-template": template }: Options<typeof SEND_KEYS>,
  absolute: (path: string) => string,
): HookBody {
  if (body) return { kind: "text", text: body };
  return template ? { kind: "template", source: { from: "file", path: absolute(template) } } : { kind: "none" };
}

function httpHook(hook: Options<typeof SEND_KEYS>, { profile, global, facts }: Planning): HttpHook {
  return {
    url: hook.url ?? new Secret(""),
    method: hook.method || "GET",
    headers: (hook.headers ?? []).map(({ name = "", value = new Secret("") }) => ({ name, value })),
    expandHeaders: hook["expand-headers"],
    body: bodyOf(hook, (path) => absoluteFrom(profile.workingDir, path, facts.os)),
    skipTlsVerification: hook["skip-tls-verification"],
    retries: hook.retries ?? global["send-retries"],
    expectStatus: hook["expect-status"]?.map(Number),
    expectBody: hook["expect-body"],
  };
}
