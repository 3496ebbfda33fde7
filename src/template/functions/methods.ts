/** Methods of times, months, weekdays, durations and locations. Go's methods with several results are not among them. */
import { define, type TemplateFunction } from "./template_function.ts";
import { type Clock, clockOf, formatTime } from "../formats/time_layout.ts";
import { nameOf } from "../formats/print.ts";
import {
  addDate,
  addDuration,
  durationIn,
  isYearOne,
  nanosecondsOf,
  roundDuration,
  roundTime,
  subtract,
  truncateDuration,
  truncateTime,
} from "../formats/time.ts";
import {
  type Compound,
  type GoValue,
  int64,
  isCompound,
  type NamedNumber,
  type TimeValue,
} from "../values/go_value.ts";
import { UTC } from "../formats/zone.ts";

/** Called with the receiver as first argument, which `parameters` does not count. */
export type Method = TemplateFunction;

type Receiver<Kind extends Compound["kind"]> = Extract<Compound, { kind: Kind }>;

const number = (of: (time: TimeValue) => number | bigint) =>
  define<[TimeValue]>([], ([time]) => int64(BigInt(of(time))));
const part = (name: keyof Clock) => number((time) => clockOf(time)[name]);
const compare = (holds: (order: number) => boolean) =>
  define<[TimeValue, TimeValue]>(["time"], ([left, right]) => holds(compareTimes(left, right)));
const string = define<[Receiver<"time">]>([], ([value]) => nameOf(value));

const TIME_METHODS: Readonly<Record<string, Method>> = {
  Year: part("year"),
  Month: define<[TimeValue]>([], ([time]) => ({ kind: "month", number: BigInt(clockOf(time).month) })),
  Day: part("day"),
  Hour: part("hour"),
  Minute: part("minute"),
  Second: part("second"),
  Nanosecond: number((time) => time.nanoseconds),
  YearDay: part("yearDay"),
  Weekday: define<[TimeValue]>([], ([time]) => ({ kind: "weekday", number: BigInt(clockOf(time).weekday) })),
  Unix: number((time) => time.seconds),
  UnixMilli: number((time) => floorDivide(nanosecondsOf(time), 1_000_000n)),
  UnixMicro: number((time) => floorDivide(nanosecondsOf(time), 1000n)),
  UnixNano: number(nanosecondsOf),
  IsZero: define<[TimeValue]>([], ([time]) => isYearOne(time)),
  Location: define<[TimeValue]>([], ([time]) => ({ kind: "location", name: time.zone.name })),
  String: string,
  UTC: define<[TimeValue]>([], ([time]) => ({ ...time, zone: UTC })),
  Local: define<[TimeValue]>([], ([time]) => ({ ...time, zone: time.local })),
  Format: define<[TimeValue, string]>(["string"], ([time, layout]) => formatTime(time, layout)),
  AddDate: define<[TimeValue, bigint, bigint, bigint]>(
    ["int", "int", "int"],
    ([time, years, months, days]) => addDate(time, years, months, days),
  ),
  Add: define<[TimeValue, Span]>(["span"], ([time, span]) => addDuration(time, nanoseconds(span))),
  Truncate: define<[TimeValue, Span]>(["span"], ([time, span]) => truncateTime(time, nanoseconds(span))),
  Round: define<[TimeValue, Span]>(["span"], ([time, span]) => roundTime(time, nanoseconds(span))),
  Sub: define<[TimeValue, TimeValue]>(["time"], ([left, right]) => subtract(left, right)),
  Before: compare((order) => order < 0),
  After: compare((order) => order > 0),
  Equal: compare((order) => order === 0),
  Compare: define<[TimeValue, TimeValue]>(["time"], ([left, right]) => BigInt(compareTimes(left, right))),
};

const DURATION_METHODS: Readonly<Record<string, Method>> = {
  String: string,
  Hours: define<[NamedNumber]>([], ([span]) => durationIn(span.number, "hours")),
  Minutes: define<[NamedNumber]>([], ([span]) => durationIn(span.number, "minutes")),
  Seconds: define<[NamedNumber]>([], ([span]) => durationIn(span.number, "seconds")),
  Milliseconds: define<[NamedNumber]>([], ([span]) => span.number / 1_000_000n),
  Microseconds: define<[NamedNumber]>([], ([span]) => span.number / 1000n),
  Nanoseconds: define<[NamedNumber]>([], ([span]) => span.number),
  Round: define<[NamedNumber, Span]>(["span"], ([span, unit]) => roundDuration(span.number, nanoseconds(unit))),
  Truncate: define<[NamedNumber, Span]>(["span"], ([span, unit]) => truncateDuration(span.number, nanoseconds(unit))),
};

const NAMED_METHODS: Readonly<Record<string, Method>> = { String: string };

const METHODS: Readonly<Partial<Record<Compound["kind"], Readonly<Record<string, Method>>>>> = {
  time: TIME_METHODS,
  duration: DURATION_METHODS,
  month: NAMED_METHODS,
  weekday: NAMED_METHODS,
  location: NAMED_METHODS,
};

export function methodOf(receiver: GoValue, name: string): Method | undefined {
  const methods = isCompound(receiver) ? METHODS[receiver.kind] : undefined;
  return methods && Object.hasOwn(methods, name) ? methods[name] : undefined;
}

type Span = bigint | NamedNumber;

function nanoseconds(span: Span): bigint {
  return typeof span === "bigint" ? span : span.number;
}

function compareTimes(left: TimeValue, right: TimeValue): number {
  const difference = nanosecondsOf(left) - nanosecondsOf(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function floorDivide(number: bigint, by: bigint): bigint {
  return (number - (((number % by) + by) % by)) / by;
}
