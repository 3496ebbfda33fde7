/** What the recorded vectors leave out of `printf`; expectations follow Go's documentation of fmt. */
import { assertEquals } from "@std/assert";
import { createBudget } from "../../../src/template/values/budget.ts";
import { printf } from "../../../src/template/formats/printf.ts";
import { type GoValue, list, stringList, struct } from "../../../src/template/values/go_value.ts";

const CASES: readonly (readonly [string, readonly GoValue[], string])[] = [
  ["%6.2f|%-8.3e|%+g|%08.3f", [3.14159, 1234.5, 1.5, -3.14159], "  3.14|1.234e+03|+1.5|-003.142"],
  ["%g %g %g %G", [100000, 1000000, 1e-5, 1e-7], "100000 1e+06 1e-05 1E-07"],
  ["%.3g %.1g %.10g", [1234.5678, 0.96, 0.1], "1.23e+03 1 0.1"],
  ["%.0f %.0f %.0f %.0e", [0.5, 1.5, 2.5, 25], "0 2 2 2e+01"],
  ["%f %.1f %.20f", [1e21, 9.96, 0.1], "1000000000000000000000.000000 10.0 0.10000000000000000555"],
  ["%#g %#.0f %#.3g %#g", [1, 2.5, 100, 0], "1.00000 2. 100. 0.00000"],
  ["%x %X %.2x %x", [1, -0.5, 3.999, 0], "0x1p+00 -0X1P-01 0x1.00p+02 0x0p+00"],
  ["%b", [1.5], "6755399441055744p-52"],
  ["% d|%+d|%-5d|%x|%#o|%#b|%O", [5n, 5n, 5n, -255n, 8n, 5n, 8n], " 5|+5|5    |-ff|010|0b101|0o10"],
  ["%.3d|%6.3d|%-6.3d|%06d|%+.2d", [5n, 5n, 5n, -5n, 5n], "005|   005|005   |-00005|+05"],
  ["%.0d|%5.0d|", [0n, 0n], "|     |"],
  ["%c|%q|%U|%#U|%c", [0x1f600n, 10n, 0x1f600n, 0xe9n, -1n], "😀|'\\n'|U+1F600|U+00E9 'é'|\ufffd"],
  ["%05s|%-5s|%05q|%.1q", ["ab", "ab", "a", "ab"], '000ab|ab   |00"a"|"a"'],
  [
    "%q %+q %#q %#q",
    ["a\x01\x7f\u00a0", "é😀", "a`b", "a\tb"],
    '"a\\x01\\x7f\\u00a0" "\\u00e9\\U0001f600" "a`b" `a\tb`',
  ],
  ["%x|% X|%#x|%# x|%.1x|%x", ["hi", "hi", "hi", "hi", "hi", ""], "6869|68 69|0x6869|0x68 0x69|68|"],
  [
    "%v %s %d",
    [list([1n, "a", null]), list(["a", 1n]), stringList(["x"])],
    "[1 a <nil>] [a %!s(int=1)] [%!d(string=x)]",
  ],
  ["%v %+v %s", [struct({ A: "x", B: 1n }), struct({ A: "x" }), struct({ A: "x" })], "{x 1} {A:x} {x}"],
  ["%#v %#v", [list(["a", null]), stringList(["b"])], '[]interface {}{"a", interface {}(nil)} []string{"b"}'],
  ["%T %T %T %T", [null, list([]), 1.5, stringList([])], "<nil> []interface {} float64 []string"],
  ["%5t|%5v|%-7v|", [true, null, "x"], " true|<nil>|x      |"],
  [
    "%d %s %x",
    [{ kind: "month", number: 2n }, { kind: "weekday", number: 0n }, { kind: "month", number: 5n }],
    "2 Sunday 4d6179",
  ],
  ["%[2]*[1]d|%[5]d|%[x]d|%[1]", [5n, 3n], "  5|%!d(BADINDEX)|%!d(BADINDEX)|%!(NOVERB)"],
  ["%*d|%-*d|%.*f|%.*f", [-3n, 1n, 3n, 2n, 1n, 2.55, -1n, 2.5], "1  |2  |2.5|%!(BADPREC)2.500000"],
  ["%d%%|%", [1n], "1%|%!(NOVERB)"],
  ["%é %z", [1n, "x"], "%!é(int=1) %!z(string=x)"],
  ["%2000000d", [1n], "%!(NOVERB)%!(EXTRA int=1)"],
  ["%e %.2e %.3e %.1e", [1e-7, 9.999, 0.99999, 9.96], "1.000000e-07 1.00e+01 1.000e+00 1.0e+01"],
  ["%#x %#.2X %#X %#e %#v %#v", [2.5, 2.5, -0, 1.5, 1, 1e21], "0x1.4000p+01 0X1.40P+01 -0X0.P+00 1.500000e+00 1 1e+21"],
  ["%#O|%#U|%#.6U", [1n, -1n, 0x41n], "0o01|U+FFFFFFFFFFFFFFFF|U+000041 'A'"],
  [
    "%+s|%+8s|%+.2s|%#s|%05t",
    [1n, 1n, 1n, 2.5, 1n],
    "%!s(int=+1)|%!s(int=      +1)|%!s(int=+01)|%!s(float64=2.50000)|%!t(int=00001)",
  ],
  [
    "%t %t",
    [{ kind: "weekday", number: 4n }, { kind: "duration", number: 60n }],
    "%!t(time.Weekday=4) %!t(time.Duration=60)",
  ],
  ["%.2T|%5T|%.2T", [1n, 1n, null], "in|  int|<nil>"],
  ["%w|%w|%+w", [1n, list(["a"]), 1n], "%!w(int=1)|%!w([]interface {}=[a])|%!w(int=1)"],
  ["%d%[]", [1n], "1%!](BADINDEX)"],
];

for (const [format, values, expected] of CASES) {
  Deno.test(`printf() formats ${JSON.stringify(format)}`, () => {
    assertEquals(printf(createBudget(), format, values), expected);
  });
}
