/** The order of a run. */
import type { Step } from "../model/plan.ts";
import { commandSteps, initializeSteps } from "./command_steps.ts";
import { httpSteps, shellSteps } from "./hooks.ts";
import type { Planning } from "./planning.ts";

/**
 * The loop runs the steps from first to last, each if its `when` is due: after the first failure those for success are over,
 * those for failure begin.
 */
export function planSteps(planning: Planning): Step[] {
  return [
    ...shellSteps("run-before", "profile", planning),
    ...initializeSteps(planning),
    ...httpSteps("send-before", planning),
    ...shellSteps("run-before", "section", planning),
    ...commandSteps(planning),
    ...shellSteps("run-after", "section", planning),
    ...httpSteps("send-after", planning),
    ...shellSteps("run-after", "profile", planning),

    ...httpSteps("send-after-fail", planning),
    ...shellSteps("run-after-fail", "section", planning),
    ...shellSteps("run-after-fail", "profile", planning),

    ...shellSteps("run-finally", "section", planning),
    ...shellSteps("run-finally", "profile", planning),
    ...httpSteps("send-finally", planning),
  ];
}
