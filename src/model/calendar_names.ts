/** English names, as formats of files and protocols want them; their first three letters are the short forms. */

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** As JavaScript and Go count them: Sunday is 0. */
export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** `Jan`. @param month from 0 */
export function shortMonth(month: number): string {
  return MONTHS[month]!.slice(0, 3);
}
