/** Labels that a configuration gives to its metrics (`prometheus-labels`). */

/** In the order in which they were written. */
export type Labels = readonly (readonly [name: string, value: string])[];

/** The program's own, and those that Prometheus and its gateway keep for themselves. */
const RESERVED = /^(?:version|goversion|job|__.*)$/;

/** Those that metrics get, by names that Prometheus takes. */
export function usableLabels(labels: Labels): Labels {
  return labels.filter(([name]) => name !== "" && !RESERVED.test(name)).map((
    [name, value],
  ) => [legalName(name), value]);
}

/** What is wrong with them, in the words of a warning. */
export function labelProblems(labels: Labels): string[] {
  return labels.flatMap(([name], index) => {
    if (name === "") return ["Cannot use a label without a name in prometheus-labels: it is left out"];
    if (RESERVED.test(name)) {
      return [`Cannot use "${name}" in prometheus-labels: the name is reserved, the label is left out`];
    }
    const later = labels.slice(index + 1).find(([other]) => legalName(other) === legalName(name));
    if (later === undefined) return [];
    return [`Cannot use "${name}" in prometheus-labels beside "${later[0]}": both become "${legalName(name)}"`];
  });
}

/** Old collectors refuse any other character in a name. */
function legalName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, "_").replace(/^\d/, "_$&");
}
