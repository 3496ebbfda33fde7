# Runs Debian's cron on a table of root's, in a mount namespace with a spool of its own: the system's tables stay as they are.
# shellcheck shell=sh

# run_cron TABLE START SPEED SECONDS: the table's file, the time that cron begins with, how fast it passes, how long to wait
run_cron() {
  chmod 600 "$1"
  preload=$(find "$work/libfaketime" -name libfaketime.so.1)
  TABLE=$1 CRON=$work/cron/usr/sbin/cron EMPTY=$work/empty unshare --mount --pid --fork --kill-child sh -eu -c '
    mkdir -p "$EMPTY"
    : >"$EMPTY/crontab"
    mount -t tmpfs none /var/spool && mount -t tmpfs none /run
    [ ! -e /etc/crontab ] || mount --bind "$EMPTY/crontab" /etc/crontab
    [ ! -e /etc/cron.d ] || mount -t tmpfs none /etc/cron.d
    mkdir -p /var/spool/cron/crontabs
    cp -p "$TABLE" /var/spool/cron/crontabs/root
    FAKETIME_DONT_FAKE_MONOTONIC=1 LD_PRELOAD=$1 FAKETIME="@$2 x$3" "$CRON" -f &
    sleep "$4"' sh "$preload" "$2" "$3" "$4"
}
