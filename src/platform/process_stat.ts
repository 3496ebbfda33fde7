/** `/proc/PID/stat` of Linux: what tells a process from others. */
export interface ProcessStat {
  /** `R`, `S`, …; `Z`: it has ended, and its parent did not look yet. */
  readonly state: string;
  readonly group: string;
  readonly session: string;
  /** -20…19 */
  readonly nice: number;
  /** In clock ticks since the boot. */
  readonly started: string;
}

/** @param text of the file; the name in it may hold blanks and parentheses */
export function parseProcessStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (index: number) => fields[index] ?? "";
  return { state: field(0), group: field(2), session: field(3), nice: Number(field(16)), started: field(19) };
}
