#!/bin/sh
# systemd: of days counted from the month's end, `*-*~26` is a good calendar expression and `*-*~1,26` is not: each comma takes three
# days from what is allowed.
. "$(dirname "$0")/support/finding.sh"
debian bookworm systemd=252.39-1~deb12u2 libsystemd-shared=252.39-1~deb12u2

accepts() {
  LD_LIBRARY_PATH=$(dirname "$(find "$work/libsystemd-shared" -name 'libsystemd-shared-252.so')") \
    "$work/systemd/usr/bin/systemd-analyze" calendar "$1" >/dev/null 2>&1 && echo yes || echo no
}

for row in '*-*~26 yes' '*-*~1,25 yes' '*-*~1,26 no' '*-*~1,2,22 yes' '*-*~1,2,23 no' '*-*-1,2,28 yes'; do
  same "${row% *}" "${row##* }" "$(accepts "${row% *}")"
done
finish
