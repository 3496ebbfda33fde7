/** Secrets that a job has beside those of its variables: in repositories and addresses, and what its requests prove themselves with. */
import { credentialsIn, tokensInPath } from "../hooks/credentials.ts";
import { passwordsInAddress } from "../model/mask_address.ts";
import { isSecretName } from "../model/secret_name.ts";
import type { Argument, HttpHook, Job } from "../model/plan.ts";

export function secretsOf({ steps, monitoring }: Job): string[] {
  const inSteps = steps.flatMap((step) => {
    if (step.kind === "restic") return step.args.flatMap(secretsOfWord);
    return step.kind === "http" ? step.hooks.flatMap(secretsOfHook) : [];
  });
  const { prometheusPush } = monitoring;
  return [...inSteps, ...prometheusPush ? passwordsInAddress(prometheusPush.url.reveal()) : []];
}

function secretsOfHook({ url, headers }: HttpHook): string[] {
  const asked = url.reveal();
  return [...credentialsIn(asked, headers.map(({ name, value }) => [name, value.reveal()])), ...tokensInPath(asked)];
}

function secretsOfWord(word: Argument): string[] {
  if (typeof word !== "string") return word.late === "repository-file" ? passwordsInAddress(word.url.reveal()) : [];
  const [, address] = /^--(?:from-)?repo2?=(.*)$/s.exec(word) ?? [];
  if (address !== undefined) return passwordsInAddress(address);
  const [, option = "", value = ""] = /^--option="?([\w.-]+)=(.*)$/s.exec(word) ?? [];
  return isSecretName(option) ? [value] : [];
}
