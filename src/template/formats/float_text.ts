/**
 * Finite floating point numbers (templates have no others) as digits. JavaScript's own `toFixed` and `toPrecision` round ties away from zero and
 * switch to exponents elsewhere than Go does, so the digits are computed exactly here.
 */

/** 0.DIGITS × 10^point; no leading zeros, no digits at all for zero. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** The fraction and the power of two that make the number: mantissa × 2^exponent. */
export function binaryParts(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** The fewest digits that give the number back. */
function shortest(value: number): Decimal {
  const [digits, exponent] = Math.abs(value).toExponential().split("e") as [string, string];
  const bare = digits.replace(".", "").replace(/0+$/, "");
  return bare === "" ? { digits: "", point: 0 } : { digits: bare, point: Number(exponent) + 1 };
}

/** All digits: every binary fraction is a finite decimal one. */
function exact(value: number): Decimal {
  const { mantissa, exponent } = binaryParts(value);
  if (mantissa === 0n) return { digits: "", point: 0 };
  if (exponent >= 0) {
    const digits = (mantissa << BigInt(exponent)).toString();
    return { digits, point: digits.length };
  }
  const digits = (mantissa * 5n ** BigInt(-exponent)).toString();
  return { digits, point: digits.length + exponent };
}

/** Keeps `count` digits, rounding half to even. */
function round(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal;
  if (count >= digits.length) return decimal;
  if (count < 0) return { digits: "", point: 0 };
  const next = digits[count]!;
  const isTie = next === "5" && /^0*$/.test(digits.slice(count + 1));
  const isOdd = count > 0 && Number(digits[count - 1]) % 2 === 1;
  const up = isTie ? isOdd : next >= "5";
  const kept = digits.slice(0, count);
  if (!up) return { digits: kept, point: kept === "" ? 0 : point };
  const raised = (BigInt(`0${kept}`) + 1n).toString();
  return { digits: raised, point: point + (raised.length - count) };
}

/**
 * @param verb `e`: d.ddde±xx, `f`: ddd.ddd, `g`: whichever is shorter, as Go's strconv does
 * @param precision digits after the point (`e`, `f`) or in all (`g`), `undefined` for the shortest that is exact
 * @returns with a `-` in front if negative (also for -0)
 */
export function formatFloat(value: number, verb: "e" | "f" | "g", precision: number | undefined): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + unsignedFloat(value, verb, precision);
}

function unsignedFloat(value: number, verb: "e" | "f" | "g", precision: number | undefined): string {
  const decimal = precision === undefined ? shortest(value) : exact(value);
  const significant = Math.max(decimal.digits.length, 1);
  if (verb === "e") {
    const rounded = precision === undefined ? decimal : round(decimal, precision + 1);
    return withExponent(rounded, precision ?? significant - 1);
  }
  if (verb === "f") {
    const rounded = precision === undefined ? decimal : round(decimal, decimal.point + precision);
    return withPoint(rounded, precision ?? Math.max(significant - decimal.point, 0));
  }
  const wanted = Math.max(precision ?? significant, 1);
  const rounded = precision === undefined ? decimal : round(decimal, wanted);
  return general(rounded, precision === undefined ? undefined : wanted);
}

/** `%g`: an exponent below -4 and from the precision on (6 for the shortest form), no trailing zeros. */
function general(decimal: Decimal, precision: number | undefined): string {
  const digits = decimal.digits.replace(/0+$/, "");
  const point = digits === "" ? 1 : decimal.point;
  const count = digits.length;
  const limit = precision === undefined ? 6 : precision > count && count >= point ? count : precision;
  const exponent = point - 1;
  return exponent < -4 || exponent >= limit
    ? withExponent({ digits, point }, Math.max(count - 1, 0))
    : withPoint({ digits, point }, Math.max(count - point, 0));
}

function withExponent({ digits, point }: Decimal, decimals: number): string {
  const padded = digits.padEnd(decimals + 1, "0");
  const exponent = digits === "" ? 0 : point - 1;
  const fraction = decimals > 0 ? `.${padded.slice(1, decimals + 1)}` : ""; // rounding up may have made a digit more
  return `${padded[0]}${fraction}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function withPoint({ digits, point }: Decimal, decimals: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  if (decimals === 0) return whole;
  const behind = "0".repeat(Math.min(Math.max(-point, 0), decimals)) + digits.slice(Math.max(point, 0));
  return `${whole}.${behind.slice(0, decimals).padEnd(decimals, "0")}`;
}

/** `%x`: the mantissa in hexadecimal, 0x1.8p+01; half to even if `precision` cuts digits off. */
export function formatHexFloat(value: number, precision: number | undefined): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  let { mantissa, exponent } = binaryParts(value);
  if (mantissa === 0n) return `${sign}0x0${precision ? `.${"0".repeat(precision)}` : ""}p+00`;
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  if (precision !== undefined && precision < 13) mantissa = roundBits(mantissa, BigInt(52 - 4 * precision));
  if (mantissa >= 1n << 53n) {
    mantissa >>= 1n;
    exponent++;
  }
  const all = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  const digits = precision === undefined ? all.replace(/0+$/, "") : all.slice(0, precision).padEnd(precision, "0");
  const power = exponent + 52;
  const fraction = digits === "" ? "" : `.${digits}`;
  return `${sign}0x1${fraction}p${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Clears the low bits, rounding half to even. */
function roundBits(value: bigint, bits: bigint): bigint {
  const unit = 1n << bits;
  const rest = value % unit;
  const low = value - rest;
  const up = rest * 2n > unit || (rest * 2n === unit && (low / unit) % 2n === 1n);
  return up ? low + unit : low;
}
