/** HTTP hooks, and the run they belong to, with everything that a test does not care about. */
import type { HookContext } from "../../src/hooks/hook_context.ts";
import type { Failure } from "../../src/model/outcome.ts";
import type { HookBody, HttpHook, HttpStep } from "../../src/model/plan.ts";
import { Secret } from "../../src/model/secret.ts";

/** A body as in a configuration: a text, or the path of a template. */
export interface HookOptions extends Partial<Omit<HttpHook, "url" | "headers" | "body">> {
  readonly headers?: string[][];
  readonly body?: string | undefined;
  readonly bodyTemplate?: string | undefined;
}

function bodyOf(text: string | undefined, template: string | undefined): HookBody {
  if (text) return { kind: "text", text };
  return template ? { kind: "template", source: { from: "file", path: template } } : { kind: "none" };
}

export function hook(
  url: string,
  more: HookOptions = {},
): HttpHook {
  const { headers = [], body, bodyTemplate, ...rest } = more;
  return {
    url: new Secret(url),
    method: "GET",
    headers: headers.map(([name = "", value = ""]) => ({ name, value: new Secret(value) })),
    expandHeaders: false,
    body: bodyOf(body, bodyTemplate),
    skipTlsVerification: false,
    retries: 0,
    expectStatus: undefined,
    expectBody: undefined,
    ...rest,
  };
}

export function hookContext(more: Partial<HookContext> = {}): HookContext {
  return {
    profile: "home",
    command: "backup",
    failure: undefined,
    environment: {},
    stdout: "",
    http: { timeoutMs: 30_000, caCertificates: [] },
    workingDir: "/work",
    level: "info",
    ...more,
  };
}

export function httpStep(hooks: readonly HttpHook[], phase: HttpStep["phase"] = "send-before"): HttpStep {
  const rules = { section: "backup", when: "success", onError: "ignore" } as const;
  return { kind: "http", id: phase, stage: phase, phase, hooks, shownOnly: false, ...rules };
}

export const FAILURE: Failure = {
  kind: "restic",
  message: "backup on profile 'home': exit status 3",
  cause: "exit status 3",
  commandLine: '"restic" "backup"',
  exitCode: 3,
  stderr: "can't read /é\n",
};
