/** `/proc/PID/stat` of Linux: what tells a process from others. */
export interface ProcessStat {
  readonly pid: number;
  /** Of its program, cut to 15 bytes. */
  readonly name: string;
  /** `R`, `S`, …; `Z`: it has ended, and its parent did not look yet. */
  readonly state: string;
  readonly parent: number;
  readonly group: string;
  readonly session: string;
  /** -20…19 */
  readonly nice: number;
  /** In clock ticks since the boot. */
  readonly started: string;
}

/** @param text of the file; the name in it may hold blanks and parentheses */
export function parseProcessStat(text: string): ProcessStat {
  const [open, close] = [text.indexOf("("), text.lastIndexOf(")")];
  const fields = text.slice(close + 2).split(" ");
  const field = (index: number) => fields[index] ?? "";
  return {
    pid: Number(text.slice(0, open)),
    name: text.slice(open + 1, close),
    state: field(0),
    parent: Number(field(1)),
    group: field(2),
    session: field(3),
    nice: Number(field(16)),
    started: field(19),
  };
}
