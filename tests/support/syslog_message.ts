/** Reads what a syslog gets, by the letter of RFC 3164: what a receiver would have to guess is an error. */

export interface SyslogMessage {
  readonly facility: number;
  readonly severity: number;
  /** As it was written. */
  readonly time: string;
  /** Undefined in the local form. */
  readonly host: string | undefined;
  readonly tag: string;
  readonly pid: number;
  readonly text: string;
}

const MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
/** The one that RFC 3164 itself has. */
const LOCAL_TIME = `(?:${MONTHS}) (?: [1-9]|[12]\\d|3[01]) (?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d`;
/** RFC 3339, in seconds: receivers know it beside the old one, and it has year and zone. */
const NETWORK_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:Z|[+-]\\d\\d:\\d\\d)";
/** "The PRI part MUST have three, four, or five characters": no leading zeros. */
const PRIORITY = "<(0|[1-9]\\d{0,2})>";
/** "The TAG is a string of ABNF alphanumeric characters that MUST NOT exceed 32 characters." */
const TAG = "([A-Za-z0-9]{1,32})\\[([1-9]\\d*)\\]: ";
const TEXT = "([^\\p{Cc}]+)";
const FORMS = {
  local: new RegExp(`^${PRIORITY}(${LOCAL_TIME})() ${TAG}${TEXT}$`, "u"),
  network: new RegExp(`^${PRIORITY}(${NETWORK_TIME}) ([A-Za-z0-9.:-]+) ${TAG}${TEXT}$`, "u"),
};
const LARGEST_PRIORITY = 191;

/**
 * @param text one message, without the line feed that ends it in a stream
 * @throws {Error} that quotes a message in another form
 */
export function parseSyslog(text: string, form: keyof typeof FORMS): SyslogMessage {
  const [, priority, time = "", host, tag = "", pid, rest = ""] = FORMS[form].exec(text) ?? [];
  const number = Number(priority ?? NaN);
  const isTime = form === "local" || !Number.isNaN(Date.parse(time));
  if (!(number <= LARGEST_PRIORITY) || !isTime || rest.trim() === "") {
    throw new Error(`This is no ${form} syslog message: ${JSON.stringify(text)}`);
  }
  return {
    facility: number >> 3,
    severity: number & 7,
    time,
    host: host || undefined,
    tag,
    pid: Number(pid),
    text: rest,
  };
}
