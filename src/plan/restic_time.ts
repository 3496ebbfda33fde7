/** Points in time as restic reads them: `2006-01-02 15:04:05`, in local time. */

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.\d+)? ?([Zz]|[+-]\d\d:\d\d)?$/;

/** A timestamp of TOML or YAML (`2006-01-02T15:04:05Z`, `2006-01-02T15:04:05.9+01:00`) in that form; any other text as it is. */
export function resticTime(text: string): string {
  const [, date, clock, zone] = TIMESTAMP.exec(text) ?? [];
  if (date === undefined || clock === undefined) return text;
  if (zone === undefined) return `${date} ${clock}`;
  const moment = new Date(`${date}T${clock}${zone.toUpperCase()}`);
  return Number.isNaN(moment.getTime()) ? text : localTime(moment);
}

function localTime(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  return `${date} ${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(":")}`;
}
