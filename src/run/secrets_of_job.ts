/** Secrets that a job has beside those of its variables: in repositories and addresses. */
import { passwordsInAddress } from "../model/mask_address.ts";
import type { Argument, Job } from "../model/plan.ts";

export function secretsOf({ steps, monitoring }: Job): string[] {
  const inSteps = steps.flatMap((step) => {
    if (step.kind === "restic") return step.args.flatMap(secretsOfWord);
    return step.kind === "http" ? step.hooks.flatMap(({ url }) => passwordsInAddress(url.reveal())) : [];
  });
  const { prometheusPush } = monitoring;
  return [...inSteps, ...prometheusPush ? passwordsInAddress(prometheusPush.url.reveal()) : []];
}

function secretsOfWord(word: Argument): string[] {
  if (typeof word !== "string") return word.late === "repository-file" ? passwordsInAddress(word.url.reveal()) : [];
  const [, address] = /^--(?:from-)?repo2?=(.*)$/s.exec(word) ?? [];
  return address === undefined ? [] : passwordsInAddress(address);
}
