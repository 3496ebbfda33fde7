# restic of Debian's package, with a repository in the temporary folder.
# shellcheck shell=sh

restic() {
  "$work/restic/usr/bin/restic" "$@"
}

make_repository() {
  restic version
  export RESTIC_REPOSITORY="$work/repository" RESTIC_PASSWORD=test
  restic init -q
}
